from . import counting, transport

from . import counting, notify, transport

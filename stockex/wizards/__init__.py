from . import counting

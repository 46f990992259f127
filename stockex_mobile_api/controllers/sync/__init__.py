from . import handheld

from . import handheld, pushing

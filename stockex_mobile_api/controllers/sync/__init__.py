from . import handheld, pushing, route

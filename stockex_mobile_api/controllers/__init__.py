from . import oauth, v1

from . import auth, v1

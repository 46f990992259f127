from . import auth, live, v1

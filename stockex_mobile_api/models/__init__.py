from . import auth, live, v1, webhook

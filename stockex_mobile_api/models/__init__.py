from . import auth, live, sync, v1, webhook

from . import auth, live, setup, sync, v1, webhook

from . import auth, sync, webhook

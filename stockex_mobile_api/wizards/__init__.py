from . import auth, webhook

from . import webhook_secret_show

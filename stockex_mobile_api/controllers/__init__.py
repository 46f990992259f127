from . import app, oauth, sync, v1

from . import app, oauth, v1

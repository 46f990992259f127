from . import sync_settings

from . import api_key_show, api_key_new, api_settings

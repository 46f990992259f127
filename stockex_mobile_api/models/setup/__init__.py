from . import company_settings

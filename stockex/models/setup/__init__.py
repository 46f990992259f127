from . import health, res_company, res_config_settings

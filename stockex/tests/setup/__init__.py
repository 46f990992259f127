from . import test_health, test_logging_json, test_roles

from . import test_marketplace_roles

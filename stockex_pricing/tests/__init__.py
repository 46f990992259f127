from . import test_pricing_roles

from . import test_api_gate

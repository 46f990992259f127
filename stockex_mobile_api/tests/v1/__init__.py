from . import test_api_me

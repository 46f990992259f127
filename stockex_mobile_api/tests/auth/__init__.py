from . import test_api_gate
from . import test_oauth_code

from . import test_api_client
from . import test_api_counter
from . import test_api_gate
from . import test_api_key
from . import test_api_log
from . import test_oauth_code
from . import test_oauth_forged
from . import test_oauth_token

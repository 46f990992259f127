from . import test_api_neutralize, test_mobile_api_roles
from .app import *
from .auth import *
from .live import *
from .sync import *
from .v1 import *
from .webhook import *

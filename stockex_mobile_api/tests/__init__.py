from . import test_mobile_api_roles
from .auth import *
from .sync import *
from .v1 import *
from .webhook import *

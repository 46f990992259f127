from . import test_event
from .test_notify_service import *

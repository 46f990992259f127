from . import test_event, test_event_stream
from .test_notify_service import *

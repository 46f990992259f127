from . import test_event, test_event_stream
from .test_notify_credential import *
from .test_notify_service import *
from .test_notify_service_sending import *
from .test_notification import *
from .test_notify_release import *

from . import test_notify_pending, test_notify_race, test_notify_rule, test_notify_template
from . import test_escalation, test_escalation_flow, test_escalation_people, test_escalation_rule
from . import (
    test_count_telling,
    test_event,
    test_event_stream,
    test_notify_unhandled,
    test_watching,
)
from .test_notify_credential import *
from .test_notify_service import *
from .test_notify_service_outbox import *
from .test_notify_service_sending import *
from .test_notification import *
from .test_notify_release import *
from .test_notify_internal import *
from .test_notify_many import *
from .test_notify_preference import *
from .test_notify_digest_mail import *
from .test_notify_fortnight import *
from .test_notify_calls import *
from .test_notify_held import *

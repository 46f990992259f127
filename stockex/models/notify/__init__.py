from . import event, event_stream
from . import (
    notify_service,
    notify_service_state,
    notify_service_sending,
    notify_service_trial,
    notify_service_carrying,
    notify_credential,
)
from . import (
    notification,
    notify_category,
    notify_topic,
    notify_preference,
    notify_subscription,
    notify_planning,
    notify_release,
    notify_testing,
    notify_internal,
    notify_mail,
    notify_figure,
    notify_digest,
    notify_digest_content,
    mail_mail,
    sms_sms,
)
from . import res_company, stock_move

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
    notify_inbox,
    notify_internal,
    notify_mail,
    notify_figure,
    notify_digest,
    notify_digest_content,
    mail_mail,
    sms_sms,
    transport_call,
    notify_cleaning,
)
from . import (
    notify_vocabulary,
    notify_people,
    notify_reader,
    notify_template,
    notify_condition,
    notify_rule,
    notify_telling,
    notify_pending,
    event_pending,
)
from . import (
    working_time,
    escalation_rule,
    escalation_step,
    escalation,
    escalation_history,
    escalation_running,
    escalation_following,
)
from . import res_company, res_users, stock_move
from . import stock_lot, stock_warehouse_orderpoint

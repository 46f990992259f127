from . import event, event_stream
from . import (
    notify_service,
    notify_service_state,
    notify_service_sending,
    notify_service_trial,
    notify_credential,
)
from . import res_company, stock_move

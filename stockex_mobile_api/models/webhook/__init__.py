from . import (
    webhook_event,
    webhook_endpoint,
    webhook_secret,
    webhook_disabling,
    webhook_posting,
    event,
)

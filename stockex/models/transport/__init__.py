from . import (
    secret,
    secret_owner,
    transport_hint,
    transport_account,
    transport_health,
    transport_bucket,
    transport_call,
    transport_attempt,
    transport_claim,
    transport_sender,
)

from . import (
    test_webhook_abuse,
    test_webhook_access,
    test_webhook_delivery,
    test_webhook_endpoint,
)

from . import (
    test_http,
    test_secret,
    test_transport_account,
    test_transport_call,
    test_transport_deciding,
    test_transport_hostile,
    test_transport_sender,
)

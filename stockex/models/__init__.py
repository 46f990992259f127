from . import setup, transport, notify, job, traceability, counting, document, exchange

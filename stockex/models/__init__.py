from . import setup, notify, job, counting, transport, document, exchange

from . import setup, transport, notify, job, counting, document, exchange

from . import document, exchange, health

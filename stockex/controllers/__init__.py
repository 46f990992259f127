from . import document, health

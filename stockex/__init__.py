from . import controllers, models, reports, wizards
from .logging_json import post_load

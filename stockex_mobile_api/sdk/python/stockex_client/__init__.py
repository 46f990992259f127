"""A client of the Stockex REST API.

>>> client = Client("https://erp.example.com", "sxk_…")
>>> client.create_count({"title": "Shelf 4", "scope": "locations", "location_ids": [8]})
"""

from .client import Client
from .errors import ApiError, NetworkError, StockexError
from .transport import Version
from .version import VERSION

__all__ = ["VERSION", "ApiError", "Client", "NetworkError", "StockexError", "Version"]
__version__ = VERSION

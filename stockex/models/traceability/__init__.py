from . import barcode

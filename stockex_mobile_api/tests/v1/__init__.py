from . import (
    test_api_barcodes,
    test_api_events,
    test_api_jobs,
    test_api_lists,
    test_api_lots,
    test_api_me,
    test_api_places,
    test_api_product_bulk,
    test_api_product_stock,
    test_api_product_writing,
    test_api_products,
)

from . import (
    test_api_lists,
    test_api_me,
    test_api_product_bulk,
    test_api_product_stock,
    test_api_product_writing,
    test_api_products,
)

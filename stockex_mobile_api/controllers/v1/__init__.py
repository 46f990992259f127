from . import (
    dispatcher,
    routing,
    counts,
    count_lines,
    count_entering,
    count_files,
    me,
    products,
    product_bulk,
    product_stock,
    live,
    service,
)

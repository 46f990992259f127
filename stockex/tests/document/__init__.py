from . import (
    test_count_export,
    test_count_report,
    test_count_report_sections,
    test_count_sheet,
    test_count_workbook,
    test_document_access,
    test_document_routes,
)

from . import test_count_report, test_count_workbook, test_document_access, test_document_routes

from . import count_report, count_report_sections, count_sheet, count_sheet_book, count_workbook

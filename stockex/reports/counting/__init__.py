from . import count_report, count_workbook

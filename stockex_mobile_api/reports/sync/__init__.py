from . import route_workbook

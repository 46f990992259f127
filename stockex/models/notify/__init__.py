from . import event, notify_service, res_company

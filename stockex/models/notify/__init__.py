from . import event, event_stream, notify_service, res_company, stock_move

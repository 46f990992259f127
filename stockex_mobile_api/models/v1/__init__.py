from . import count_session, document, event, replay, res_users, stock_quant

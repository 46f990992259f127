from . import count_session, document, replay, res_users, stock_quant

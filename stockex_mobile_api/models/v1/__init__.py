from . import count_session, document, event, ir_http, replay, res_users, stock_quant

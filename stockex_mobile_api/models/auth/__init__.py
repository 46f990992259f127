from . import api_scope, res_company, api_key, api_request, gate

from . import api_scope, res_company, secret, api_key, api_request
from . import api_client, api_session, api_code, api_refresh, api_revoked_token
from . import gate, oauth, oauth_door, consent, res_users, res_config_settings, api_tidying

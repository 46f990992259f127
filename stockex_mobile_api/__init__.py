from . import controllers, models, reports, wizards


def uninstall_hook(env):
    """Take along what the addon has in tables that are not its own.

    Endpoints that are made after it is installed again get the numbers of those before:
    they must find neither their secrets nor their messages.
    """
    env.cr.execute("DROP TABLE IF EXISTS stockex_api_counter")
    endpoints = env["stockex.webhook.endpoint"].with_context(active_test=False)
    endpoints.search([]).unlink()
    env["stockex.transport.call"].search([("account_model", "=", endpoints._name)]).unlink()

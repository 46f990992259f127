from . import controllers, models, wizards


def uninstall_hook(env):
    """Take the gate's counter along: it is no model's table."""
    env.cr.execute("DROP TABLE IF EXISTS stockex_api_counter")

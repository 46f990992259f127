"""Run one function in an Odoo process of its own.

`python -m dev.bench.worker CONFIGURATION DATABASE MODULE:FUNCTION VALUES ANSWER`: the
function gets an `Odoo` and the values (JSON); what it returns goes into the file ANSWER.
"""

import contextlib
import importlib
import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from odoo import api
from odoo.modules.registry import Registry
from odoo.orm.environments import Environment
from odoo.service.server import load_server_wide_modules
from odoo.tools import config


class Odoo:
    """A loaded database; every step is a transaction of its own, as a request is."""

    def __init__(self, database: str) -> None:
        threading.current_thread().dbname = database
        self.registry = Registry(database)

    @contextlib.contextmanager
    def transaction(self, login: str = "") -> Iterator[Environment]:
        """Give an environment of a user (of the system without one); commit at the end."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            if login:
                user = env["res.users"].search([("login", "=", login)])
                env = env(user=user.id, context=user.context_get())
            yield env
            env.flush_all()
            cr.commit()


def main(arguments: list[str]) -> None:
    """Load the database, call the function, write its answer."""
    conf, database, path, values, answer = arguments
    config.parse_config(["-c", conf, "-d", database, "--no-http"], setup_logging=True)
    load_server_wide_modules()
    module, _, name = path.partition(":")
    function = getattr(importlib.import_module(module), name)
    found = function(Odoo(database), **json.loads(values))
    Path(answer).write_text(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])

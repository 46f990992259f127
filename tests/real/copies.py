"""A copy of the prepared test database, with scripts run in Odoo's shell on it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dev.lib import builds, databases, odoo_conf, odoo_run, places, setup
from dev.lib.stamps import only_one

_MARK = "answer: "


class Copy:
    """A database of its own; `run` commits what a script does."""

    def __init__(self, name: str):
        self.connection = setup.server()
        self.name = f"{databases.TEST}_{name}{os.getpid()}"

    def install(self, modules: tuple[str, ...]) -> None:
        """Install modules of Odoo's own."""
        odoo_run.install(self.connection, self.name, new=modules)

    def run(self, script: str) -> dict[str, Any]:
        """Run a script that fills the dict `answer`; return it."""
        conf = odoo_conf.write(self.connection, self.name)
        text = (
            f"import json, sys\nsys.path.insert(0, {str(places.ROOT)!r})\nanswer = {{}}\n{script}\n"
            f"env.cr.commit()\nprint({_MARK!r} + json.dumps(answer))\n"
        )
        command = odoo_run.command(conf, ["shell", "--no-http"])
        result = subprocess.run(
            [str(part) for part in command],
            input=text,
            text=True,
            capture_output=True,
            cwd=places.ROOT,
            env=self.connection.environment(),
            check=False,
        )
        rows = [row for row in result.stdout.splitlines() if row.startswith(_MARK)]
        assert rows, result.stdout[-2000:] + result.stderr[-4000:]
        return json.loads(rows[-1].removeprefix(_MARK))


@contextmanager
def copy_of_test_database(name: str) -> Iterator[Copy]:
    """Copy the test database, and drop the copy at the end.

    :param name: a few lower-case letters.
    """
    copy = Copy(name)
    builds.ensure_test(copy.connection)
    with only_one("databases"):
        databases.copy(copy.connection, databases.TEST, copy.name)
    try:
        yield copy
    finally:
        databases.drop(copy.connection, copy.name)

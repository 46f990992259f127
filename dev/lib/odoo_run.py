"""Run Odoo's own program on a database."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import odoo_conf, places
from .connection import Connection
from .databases import installed_modules
from .say import Failure
from .shell import last_lines, run

SCRIPTS = Path(__file__).with_name("scripts")


def command(conf: Path, arguments: Sequence[str] = ()) -> list[str | Path]:
    """Write the command that starts Odoo with a configuration.

    A first argument without a dash is one of Odoo's sub-commands.
    """
    first = list(arguments[:1]) if arguments and not arguments[0].startswith("-") else []
    rest = list(arguments[len(first) :])
    return [places.PYTHON, places.odoo_script(), *first, "-c", conf, *rest]


def install(
    connection: Connection,
    database: str,
    *,
    new: Sequence[str] = (),
    changed: Sequence[str] = (),
    extra: Sequence[str] = (),
) -> None:
    """Install and update modules; fail unless all end up installed."""
    conf = odoo_conf.write(connection, database)
    log = places.LOGS / f"odoo-{database}.log"
    arguments = ["--stop-after-init", "--no-http", *extra]
    arguments += ["-i", ",".join(new)] if new else []
    arguments += ["-u", ",".join(changed)] if changed else []
    what = f"Odoo could not install or update {', '.join([*new, *changed])}"
    run(command(conf, arguments), log=log, env=connection.environment(), what=what)
    states = installed_modules(connection, database)
    missing = [name for name in [*new, *changed] if states.get(name) != "installed"]
    if missing:
        raise Failure(
            f"Odoo left these modules uninstalled: {', '.join(missing)}.\n{last_lines(log)}",
            f"The whole log: {log}",
        )


def script(connection: Connection, database: str, name: str, **values: Any) -> Any:
    """Run one of our scripts in Odoo's shell; return what it puts in `answer`.

    :param name: a file in `scripts`; it finds `env`, `values` and `answer`, a dict.
    """
    conf = odoo_conf.write(connection, database)
    log = places.LOGS / f"odoo-{database}.log"
    with tempfile.TemporaryDirectory(dir=_run_dir()) as folder:
        whole, answer = Path(folder) / "script.py", Path(folder) / "answer.json"
        body = (SCRIPTS / f"{name}.py").read_text()
        whole.write_text(
            f"import json\nvalues = json.loads({json.dumps(json.dumps(values))})\nanswer = {{}}\n"
            f"{body}\nenv.cr.commit()\n"
            f"open({str(answer)!r}, 'w').write(json.dumps(answer))\n"
        )
        run(
            command(conf, ["shell", "--no-http"]),
            log=log,
            env=connection.environment(),
            what=f"The step “{name}” failed on {database}",
            stdin=whole,
        )
        return json.loads(answer.read_text())


def _run_dir() -> Path:
    places.RUN.mkdir(parents=True, exist_ok=True)
    return places.RUN

"""`python -m dev.real_data --db NAME [--replay]`: load the shop into a database of the suite.

Started once outside Odoo, it feeds itself to Odoo's shell on that database.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from . import FOLDER
from .ledger import is_there

ROOT = Path(__file__).resolve().parents[2]
_SCRIPT = """
import sys
sys.path.insert(0, {root!r})
from dev.real_data.loader import load
from dev.real_data.replay import replay
shop = load(env, {folder!r})
if {replays!r}:
    replay(env, shop, {folder!r})
env.cr.commit()
print({done!r})
"""
DONE = "real data: committed"


def script(folder: Path, replays: bool) -> str:
    """Return what Odoo's shell has to run."""
    return _SCRIPT.format(root=str(ROOT), folder=str(folder), replays=replays, done=DONE)


def main(arguments: list[str] | None = None) -> int:
    """Load into the database that the command line names; 2 if the files are not there."""
    parser = argparse.ArgumentParser(prog="python -m dev.real_data", description=__doc__)
    parser.add_argument("--db", required=True, help="a database with the addon stockex")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--replay", action="store_true", help="replay the corrections as counts")
    options = parser.parse_args(arguments)
    if not is_there(options.folder):
        print(f"The shop's files are not in {options.folder}.", file=sys.stderr)
        return 2
    return run(options.db, script(options.folder, options.replay))


def run(database: str, text: str) -> int:
    """Run a script in Odoo's shell; its output goes to ours. 1 unless it came to its end."""
    from dev.lib import odoo_conf, odoo_run, setup

    connection = setup.server()
    conf = odoo_conf.write(connection, database)
    result = subprocess.run(
        [str(part) for part in odoo_run.command(conf, ["shell", "--no-http"])],
        input=text,
        text=True,
        cwd=ROOT,
        env=connection.environment(),
        stdout=subprocess.PIPE,
        check=False,
    )
    print(result.stdout)
    return 0 if result.returncode == 0 and DONE in result.stdout else 1


if __name__ == "__main__":
    sys.exit(main())

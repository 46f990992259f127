"""The Python environment: pinned packages, Odoo on the path, node packages."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import places
from .say import Failure, step
from .shell import output, run
from .stamps import fingerprint, is_stamped, stamp

PIP_TODO = (
    "Check the network and pip's settings (pip config list), then run the same "
    "command again;\nwhat was fetched is kept."
)


def ensure() -> None:
    """Have `.venv` with the pinned packages and Odoo."""
    wanted = fingerprint(
        places.LOCK_FILE.read_bytes(), str(places.ROOT), str(places.odoo_packages_dir())
    )
    if is_stamped("python", wanted) and _works():
        return
    log = places.LOGS / "pip.log"
    with step("Making the Python environment"):
        if not _works():
            shutil.rmtree(places.VENV, ignore_errors=True)
            run(
                [sys.executable, "-m", "venv", places.VENV],
                log=log,
                what="python3 -m venv failed",
                todo="Install python3-venv.",
            )
        _install(log)
        _link_odoo()
    stamp("python", wanted)


def _works() -> bool:
    try:
        subprocess.run([places.PYTHON, "-m", "pip", "--version"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _install(log: Path) -> None:
    # Odoo asks for the distribution psycopg2, which needs a compiler; the list has
    # psycopg2-binary instead, and is complete, so pip need not resolve anything.
    run(
        [
            *(places.PYTHON, "-m", "pip", "install", "--no-deps", "--no-input"),
            *("--disable-pip-version-check", "--requirement", places.LOCK_FILE),
        ],
        log=log,
        what="pip install failed",
        todo=PIP_TODO,
    )


def _link_odoo() -> None:
    """Put Odoo on the environment's path; pip then sees it as installed."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(output([places.PYTHON, "-c", code]).strip())
    (site / "odoo-19.pth").write_text(f"{places.odoo_packages_dir()}\n")
    try:
        output([places.PYTHON, "-c", "import odoo.release, odoo.tools.config"])
    except subprocess.CalledProcessError as error:
        raise Failure(
            "Odoo cannot be imported:\n" + error.stderr.strip()[-1500:],
            "If you gave ODOO_HOME, is it Odoo 19? Otherwise: make reset ALL=1, then again.",
        ) from error


def ensure_node() -> None:
    """Have the pinned node packages (linters, accessibility rules), if any are listed."""
    folder = places.ROOT / "dev"
    lock = folder / "package-lock.json"
    if not lock.is_file():
        return
    wanted = fingerprint(lock.read_bytes())
    if is_stamped("node", wanted) and (folder / "node_modules").is_dir():
        return
    with step("Installing node packages"):
        run(
            ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
            log=places.LOGS / "npm.log",
            cwd=folder,
            env={**os.environ, "npm_config_cache": str(places.WORK / "npm")},
            what="npm ci failed",
            todo="Check the network and npm's registry setting, then run the command again.",
        )
    stamp("node", wanted)

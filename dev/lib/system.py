"""System packages: what is needed, what is missing, the one line that helps."""

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from . import places
from .say import Failure, step
from .shell import run

FONTS = Path("/usr/share/fonts/truetype")
SERVERS = Path("/usr/lib/postgresql")
OLDEST_SERVER = 15


class Need(NamedTuple):
    """A Debian package and the test that something of its kind is there."""

    package: str
    is_there: Callable[[], bool]


def server_bin_dirs() -> dict[int, Path]:
    """Return the PostgreSQL servers installed here, by major version."""
    found = {}
    for folder in SERVERS.glob("*/bin") if SERVERS.is_dir() else ():
        if folder.parent.name.isdigit() and (folder / "initdb").exists():
            found[int(folder.parent.name)] = folder
    return {version: path for version, path in found.items() if version >= OLDEST_SERVER}


def _php_has_curl() -> bool:
    return any(Path("/etc/php").glob("*/mods-available/curl.ini"))


def needs(private_server: bool) -> list[Need]:
    """List the packages; a server of one's own needs only PostgreSQL's client."""

    def program(name: str) -> Callable[[], bool]:
        return lambda: shutil.which(name) is not None

    database = [
        Need("postgresql", lambda: bool(server_bin_dirs())),
        Need("postgresql-client", program("psql")),
    ]
    return [
        *(database if private_server else database[1:]),
        Need("chromium", program("chromium")),
        Need("wkhtmltopdf", program("wkhtmltopdf")),
        Need("fonts-dejavu-core", (FONTS / "dejavu" / "DejaVuSans.ttf").exists),
        Need("fonts-noto-core", (FONTS / "noto" / "NotoSansArabic-Regular.ttf").exists),
        Need("nodejs", program("node")),
        Need("npm", program("npm")),
        # The PHP client of the API is tested as its users run it.
        Need("php-cli", program("php")),
        Need("php-curl", _php_has_curl),
    ]


def apt_line(packages: Sequence[str], is_root: bool) -> str:
    """Write the one command that installs the packages."""
    sudo = "" if is_root else "sudo "
    return f"{sudo}apt-get install -y --no-install-recommends {' '.join(packages)}"


def ensure(private_server: bool) -> None:
    """Install what is missing as root; tell an ordinary user the one line."""
    missing = [need.package for need in needs(private_server) if not need.is_there()]
    if not missing:
        return
    is_root = os.geteuid() == 0
    line = apt_line(missing, is_root)
    if not is_root:
        raise Failure(f"System packages are missing: {', '.join(missing)}.", f"Once, run:\n{line}")
    with step(f"Installing system packages: {', '.join(missing)}"):
        log = places.LOGS / "apt-system.log"
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
        todo = f"Check the network and apt's sources, then run by hand:\n{line}"
        run(["apt-get", "update"], log=log, env=env, what="apt-get update failed", todo=todo)
        run(line.split(), log=log, env=env, what="apt-get install failed", todo=todo)
    still = [need.package for need in needs(private_server) if not need.is_there()]
    if still:
        raise Failure(f"Installed, yet not found: {', '.join(still)}.", f"Look into {log}")

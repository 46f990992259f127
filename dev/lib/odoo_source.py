"""Odoo 19: an existing checkout, or Debian's package unpacked into the project."""

import os
import re
import shutil
from pathlib import Path

from . import places
from .mirror import TARGET_FORMAT, find_mirror
from .say import Failure, step
from .shell import output, run

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
UNSTABLE = (
    "odoo-19",
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
)
# Odoo's link names a file that the newer package of the unstable suite lacks.
STABLE = ("fonts-font-awesome",)
# Named by mail's web assets, absent from the package: its licence is not free.
ABSENT_ASSETS = ("mail/static/lib/selfie_segmentation/selfie_segmentation.js",)
APT_CONF = """\
Dir::State::lists "{apt}/lists";
Dir::Cache::archives "{apt}/archives";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
Dir::Etc::sourcelist "{apt}/sources.list";
Dir::Etc::sourceparts "/dev/null";
APT::Sandbox::User "root";
Acquire::Languages "none";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
"""
TODO = (
    "Check the network, then run the same command again; it goes on where it stopped.\n"
    "Or use an Odoo 19 you have: make … ODOO_HOME=/path/to/odoo-19"
)


def ensure() -> None:
    """Have Odoo 19 at its place."""
    home = places.odoo_home()
    if home:
        _check_version(home)
        return
    if not _release_file(places.odoo_packages_dir()).is_file():
        _fetch_package()
    _check_version(places.odoo_packages_dir())
    for name in ABSENT_ASSETS:
        stub = places.odoo_packages_dir() / "odoo" / "addons" / name
        if not stub.exists():
            stub.parent.mkdir(parents=True, exist_ok=True)
            stub.touch()


def _release_file(packages: Path) -> Path:
    return packages / "odoo" / "release.py"


def version_of(release_text: str) -> tuple[int, ...] | None:
    """Read the major version from the text of Odoo's release.py."""
    found = re.search(r"^version_info\s*=\s*\((\d+),\s*(\d+)", release_text, re.MULTILINE)
    return (int(found[1]), int(found[2])) if found else None


def _check_version(packages: Path) -> None:
    release = _release_file(packages)
    version = version_of(release.read_text()) if release.is_file() else None
    if version != (19, 0):
        raise Failure(
            f"No Odoo 19.0 in {packages}.",
            "ODOO_HOME must be the folder that holds odoo-bin and odoo/release.py.",
        )


def _fetch_package() -> None:
    archives = places.APT / "archives"
    log = places.LOGS / "apt-odoo.log"
    names = [f"{name}/unstable" for name in UNSTABLE] + [f"{name}/stable" for name in STABLE]
    with step("Fetching Odoo 19 from the Debian mirror (about 300 MB)"):
        apt = _prepare_apt()
        run([*apt, "update"], log=log, what="apt-get update failed", todo=TODO)
        run(
            [*apt, "download", *names],
            log=log,
            cwd=archives,
            what="apt-get download failed",
            todo=TODO,
        )
    with step("Unpacking Odoo 19"):
        _unpack(archives, log)


def _prepare_apt() -> list[str]:
    """Give apt a state of its own, so that it needs no root and changes nothing."""
    if not KEYRING.exists():
        raise Failure(
            f"{KEYRING} is missing, so Debian's packages cannot be verified.",
            "Install debian-archive-keyring, or give ODOO_HOME=/path/to/odoo-19",
        )
    for folder in ("lists/partial", "archives/partial"):
        (places.APT / folder).mkdir(parents=True, exist_ok=True)
    mirror = find_mirror(output(["apt-get", "indextargets", "--format", TARGET_FORMAT]))
    if not mirror:
        raise Failure(
            "apt on this machine has no Debian source to read the mirror from.",
            "Give an Odoo 19 you have: make … ODOO_HOME=/path/to/odoo-19",
        )
    (places.APT / "sources.list").write_text(
        "".join(
            f"deb [signed-by={KEYRING}] {mirror} {suite} main\n" for suite in ("unstable", "stable")
        )
    )
    conf = places.APT / "apt.conf"
    conf.write_text(APT_CONF.format(apt=places.APT))
    return ["apt-get", "-q", f"--config-file={conf}"]


def _unpack(archives: Path, log: Path) -> None:
    part = places.PACKAGE.with_name("root.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for name in UNSTABLE + STABLE:
        newest = max(archives.glob(f"{name}_*.deb"), key=os.path.getmtime)
        run(
            ["dpkg-deb", "--extract", newest, part],
            log=log,
            what=f"{newest.name} could not be unpacked",
            todo=f"Remove {newest} and run the same command again.",
        )
    os.rename(part, places.PACKAGE)

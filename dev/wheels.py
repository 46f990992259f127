"""`make wheels`: one wheel `odoo-addon-<name>` an addon in `dist/`, without the network.

Each is built from the files that git knows or would add, in a folder of its own: what lies
about in the checkout does not get in, and the version is the manifest's.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

from dev.lib import places
from dev.lib.say import Failure, line, step

DIST = places.ROOT / "dist"
# The first day a zip can hold: a checkout may be older (its times at 1970), which no wheel
# takes, and equal sources make equal wheels.
FIRST_DAY_OF_ZIP = "315532800"


def addon_files(addon: str, root: Path = places.ROOT) -> list[str]:
    """List an addon's files, below it, as git would commit them."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "."]
    answer = subprocess.run(command, cwd=root / addon, capture_output=True, text=True, check=True)
    names = sorted(set(answer.stdout.split("\0")) - {""})
    return [name for name in names if (root / addon / name).is_file()]


def copy_addon(addon: str, target: Path, root: Path = places.ROOT) -> Path:
    """Copy an addon's files to a folder that no version control knows."""
    for name in addon_files(addon, root):
        path = target / addon / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / addon / name, path)
    return target / addon


def build(addon: str, dist: Path = DIST, root: Path = places.ROOT) -> Path:
    """Build the wheel of one addon and return it.

    :raise Failure: if it could not be built.
    """
    dist.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        source = copy_addon(addon, Path(folder), root)
        made = Path(folder) / "made"
        answer = subprocess.run(
            [
                *(str(places.PYTHON), "-m", "pip", "wheel", "--quiet", "--no-build-isolation"),
                *("--no-deps", "--no-index", "--disable-pip-version-check"),
                *("--wheel-dir", str(made), str(source)),
            ],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "SOURCE_DATE_EPOCH": FIRST_DAY_OF_ZIP},
        )
        wheels = list(made.glob("*.whl"))
        if answer.returncode or len(wheels) != 1:
            raise Failure(
                f"The wheel of {addon} failed.\n{(answer.stdout + answer.stderr)[-1500:]}"
            )
        for old in dist.glob(f"odoo_addon_{addon}-*.whl"):
            old.unlink()
        return Path(shutil.move(wheels[0], dist / wheels[0].name))


def contents(wheel: Path) -> set[str]:
    """List the addon's files in a wheel, below the addon."""
    with ZipFile(wheel) as packed:
        names = [name.split("/", 3) for name in packed.namelist() if not name.endswith("/")]
    return {parts[3] for parts in names if parts[:2] == ["odoo", "addons"] and len(parts) == 4}


def main(arguments: list[str]) -> int:
    """Build the wheels of all addons."""
    parser = argparse.ArgumentParser(prog="make wheels", description=__doc__)
    parser.add_argument("--into", type=Path, default=DIST, help="instead of dist/")
    into = parser.parse_args(arguments).into
    try:
        with step("Building the wheels"):
            wheels = [build(addon, into) for addon in places.present_addons()]
    except Failure as failure:
        line(str(failure))
        return 1
    for wheel in wheels:
        line(f"  {wheel.name}  {wheel.stat().st_size // 1024} KB, {len(contents(wheel))} files")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

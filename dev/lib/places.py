"""Where things are. Everything the tools make lies in the project's folder."""

import hashlib
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".odoo"
PACKAGE = WORK / "root"
APT = WORK / "apt"
DATA = WORK / "data"
FILESTORE = DATA / "filestore"
LOGS = WORK / "log"
STAMPS = WORK / "stamps"
RUN = WORK / "run"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
CLUSTER = ROOT / ".pg"
DEMO_KEYS = ROOT / ".demo" / "api_keys.txt"
LOCK_FILE = ROOT / "dev" / "requirements-lock.txt"

ADDONS = (
    "stockex",
    "stockex_marketplace",
    "stockex_pricing",
    "stockex_crm",
    "stockex_mobile_api",
)
PROJECT_ID = hashlib.sha1(str(ROOT).encode(), usedforsecurity=False).hexdigest()[:8]
# A socket's path ends at 107 bytes, so it cannot always lie in the project.
SOCKETS = Path(tempfile.gettempdir()) / f"stockex-pg-{PROJECT_ID}"


def present_addons() -> list[str]:
    """Name the suite's addons that exist in this checkout, lowest first."""
    return [name for name in ADDONS if (ROOT / name / "__manifest__.py").is_file()]


def odoo_home() -> Path | None:
    """Return the checkout the user asked for with ODOO_HOME, if any."""
    home = os.environ.get("ODOO_HOME", "").strip()
    return Path(home).expanduser().resolve() if home else None


def odoo_packages_dir() -> Path:
    """Return the folder that `import odoo` needs on its path."""
    return odoo_home() or PACKAGE / "usr" / "lib" / "python3" / "dist-packages"


def odoo_script() -> Path:
    """Return the program that starts Odoo (`python -m odoo` cannot restart itself)."""
    home = odoo_home()
    return home / "odoo-bin" if home else PACKAGE / "usr" / "bin" / "odoo"

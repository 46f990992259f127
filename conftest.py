"""Let tests of pure code and of real servers run without Odoo in the process."""

import sys
import types
from pathlib import Path

import pytest

ROOT = Path(__file__).parent


def _has_database(config: pytest.Config) -> bool:
    options = config.known_args_namespace
    return any(getattr(options, name, None) for name in ("odoo_database", "odoo_config"))


def _stand_in_for_addons() -> None:
    """Put an empty module for each addon, so that `import stockex.pure…` skips Odoo."""
    for manifest in ROOT.glob("stockex*/__manifest__.py"):
        module = types.ModuleType(manifest.parent.name)
        module.__path__ = [str(manifest.parent)]
        sys.modules.setdefault(module.__name__, module)


def pytest_plugin_registered(plugin: object, manager: pytest.PytestPluginManager) -> None:
    """Stand in before pytest imports an addon's own conftest.py.

    This hook is called again for what was registered earlier, the configuration
    among it, as soon as this file is; pytest_configure would come too late.
    """
    if plugin is manager.get_plugin("pytestconfig") and not _has_database(plugin):
        _stand_in_for_addons()


class WithoutDatabase:
    """Empty fixtures in place of pytest-odoo's automatic ones."""

    @pytest.fixture(scope="session", autouse=True)
    def load_registry(self):
        """Load no registry."""

    @pytest.fixture(scope="session", autouse=True)
    def load_http(self):
        """Start no server."""

    @pytest.fixture(scope="module", autouse=True)
    def enable_odoo_test_flag(self):
        """Leave Odoo's configuration alone."""


def pytest_configure(config: pytest.Config) -> None:
    """Take pytest-odoo out of a run that names no database."""
    plugin = config.pluginmanager.get_plugin("odoo")
    if plugin is not None and not _has_database(config):
        # Its hooks go; its fixtures stay known to pytest and must be replaced.
        config.pluginmanager.unregister(plugin)
        config.pluginmanager.register(WithoutDatabase(), "without-database")

"""The services that carry a message to a person: one file each, found by being here.

An addon above adds its own with :func:`discover`, from its own package.
"""

import importlib
import pkgutil
from collections.abc import Iterator

from .base import (
    Address,
    AddressFault,
    Credential,
    Internal,
    Message,
    Notifier,
    Service,
    Trouble,
)

NOT_SERVICES = ("base", "tests")
_SERVICES: dict[str, Service] = {}
# Stands in where no service is chosen yet.
NOTHING = Service()


def discover(package: str, paths: list[str]) -> None:
    """Add every service that a package's modules define.

    :param paths: the package's `__path__`.
    :raise ValueError: if two services have one code.
    """
    for module in pkgutil.iter_modules(paths):
        if module.name not in NOT_SERVICES:
            for service in _defined_in(f"{package}.{module.name}"):
                _add(service())


def _defined_in(module: str) -> Iterator[type[Service]]:
    for value in vars(importlib.import_module(module)).values():
        if isinstance(value, type) and issubclass(value, Service) and value.__module__ == module:
            yield value


def _add(service: Service) -> None:
    known = _SERVICES.setdefault(service.code, service)
    if type(known) is not type(service):
        raise ValueError(f"two notification services have the code {service.code!r}")


def services() -> list[Service]:
    """List the services by their label."""
    return sorted(_SERVICES.values(), key=lambda service: service.label.lower())


def service(code: str) -> Service:
    """Return the service of a code.

    :raise KeyError: if none has it.
    """
    return _SERVICES[code]


discover(__name__, list(__path__))

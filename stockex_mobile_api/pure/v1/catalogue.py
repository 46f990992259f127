"""Every operation of the API, collected as its routes are declared."""

from .operation import NOTICE, Operation

ROOT = "/stockex/api/v1"
VERSION = "1.0.0"
# Name -> operation; the routes, the document and the tests read it.
OPERATIONS: dict[str, Operation] = {}
TAGS: dict[str, str] = {
    "Counts": "Prepare a count, let it run, approve it, post it.",
    "Count lines": "What is counted, what was found, with its photos.",
    "Products": "Products and what is in stock of them.",
    "Lots": "Lots and serial numbers.",
    "Places": "Warehouses and locations.",
    "Barcodes": "What a barcode or GS1 string stands for.",
    "Events": "What happened, in the order in which it became true.",
    "Live": "What happens, told at once over a websocket.",
    "Jobs": "Work in the background and its progress.",
    "Service": "The API itself.",
}


def register(operation: Operation) -> None:
    """Add an operation.

    :raise ValueError: if another one has its name, or its method and path, or if clients
        hear less than a year ahead of its end.
    """
    _check_notice(operation)
    if OPERATIONS.setdefault(operation.name, operation) != operation:
        raise ValueError(f"two operations are named {operation.name}")
    same = [
        other.name
        for other in OPERATIONS.values()
        if (other.method, other.path) == (operation.method, operation.path)
    ]
    if len(same) > 1:
        raise ValueError(f"{operation.method} {operation.path} is served twice")
    if operation.tag not in TAGS:
        raise ValueError(f"the tag {operation.tag!r} is not described")


def _check_notice(operation: Operation) -> None:
    begin, end = operation.deprecated, operation.sunset
    if begin is None and end is None:
        return
    if begin is None or end is None or end - begin < NOTICE:
        raise ValueError(
            f"{operation.name} must be deprecated, and end {NOTICE.days} days later or more"
        )

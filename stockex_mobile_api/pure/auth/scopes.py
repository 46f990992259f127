"""What a key or an application may be allowed to do, in words that people understand.

A scope is `<resource>:<verb>`. It only ever narrows what its user may do anyway.
"""

import re

_NAME = re.compile(r"[a-z]+(_[a-z]+)*:[a-z]+")
_SCOPES: dict[str, str] = {}


def register(name: str, description: str) -> None:
    """Add a scope; a second, different description of a known name is an error.

    :raise ValueError: if the name is malformed or described in another way already.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"scope {name!r} is not <resource>:<verb>")
    if _SCOPES.setdefault(name, description) != description:
        raise ValueError(f"scope {name!r} is described in another way already")


def names() -> list[str]:
    """List the registered names, in the order of their registration."""
    return list(_SCOPES)


def descriptions() -> dict[str, str]:
    """Return name -> what it allows, in the order of registration."""
    return dict(_SCOPES)


register("counts:read", "See counts, their lines and what was counted")
register("counts:write", "Prepare counts, start them and record what is counted")
register("counts:approve", "Approve or reject counts")
register("counts:post", "Post approved counts, which changes the stock")
register("products:read", "See products")
register("products:write", "Create, change and archive products")
register("stock:read", "See the stock of products, by place and by lot")
register("lots:read", "See lots and serial numbers")
register("lots:write", "Create and change lots and serial numbers")
register("locations:read", "See warehouses and locations")
register("events:read", "Follow what happens: counts posted, variances found, stock low")
register("jobs:read", "Follow work that runs in the background")
register("jobs:write", "Cancel work that runs in the background")
register("live:read", "Watch counts and stock change at the moment they do")

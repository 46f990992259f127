"""Query strings of lists and of single records, made from what they show."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, create_model

from .types import Page, Schema

# Made without source: pydantic would look for one in every frame and every module of the
# process, which takes Odoo a minute at its start. What is inherited keeps its texts.
WITHOUT_SOURCE = {"use_attribute_docstrings": False}


def listing(filters: type[Page], shown: type[BaseModel], sorts: Sequence[str] = ()) -> type[Page]:
    """Return a list's query: its filters, sparse fields and order.

    :param sorts: what it can be sorted by, besides `id`; `-` in front turns it round.
    """
    names = ["id", *sorts]
    order: Any = Literal[(*names, *(f"-{name}" for name in names))]
    text = "What to sort by; `-` in front turns it round. By `id` if none."
    sort: Any = Annotated[order | None, Field(description=text)]
    found: type[Page] = create_model(
        filters.__name__,
        __base__=filters,
        __cls_kwargs__=WITHOUT_SOURCE,
        fields=(_sparse(shown), None),
        sort=(sort, None),
    )
    return found


def single(shown: type[BaseModel]) -> type[Schema]:
    """Return the query of one record: which of its properties to send."""
    found: type[Schema] = create_model(
        f"{shown.__name__}Fields",
        __base__=Schema,
        __cls_kwargs__=WITHOUT_SOURCE,
        fields=(_sparse(shown), None),
    )
    return found


def _sparse(shown: type[BaseModel]) -> Any:
    names: Any = Literal[tuple(shown.model_fields)]
    return Annotated[
        list[names] | None,
        Field(
            min_length=1,
            max_length=100,
            description="Only these properties, separated by commas; all if left out.",
            examples=[["id"]],
        ),
    ]


def page_of(shown: type[BaseModel]) -> type[Schema]:
    """Return the answer of a list: records, and where the next page begins."""
    text = "Goes into `cursor` for the next page; null at the end."
    data: Any = list[shown]  # type: ignore[valid-type]
    cursor: Any = Annotated[str | None, Field(description=text)]
    found: type[Schema] = create_model(
        f"{shown.__name__}Page", __base__=Schema, data=(data, ...), next_cursor=(cursor, ...)
    )
    return found

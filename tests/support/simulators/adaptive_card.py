"""Adaptive Cards 1.0 to 1.5: what is wrong with a card.

Contract: https://adaptivecards.io/explorer and the JSON schema
https://adaptivecards.io/schemas/adaptive-card.json (github.com/microsoft/AdaptiveCards,
schemas/1.5.0), which allows no property beyond those it lists; `msteams` is Teams' own. Values of
enumerations are compared without regard to case, as the schema does.

Not simulated: media, inputs, and the actions that need a bot (Submit, Execute): nobody answers a
webhook, so they are refused.
"""

from collections.abc import Iterator
from typing import Any

from .card_checks import (
    Kinds,
    Problem,
    Properties,
    an_object,
    boolean,
    list_of,
    number,
    one_of,
    picture,
    pixels,
    string,
    text,
    typed,
    url,
    version,
    width,
)


def problems(card: Any) -> Iterator[Problem]:
    """Yield where a card breaks the schema, and how."""
    if not isinstance(card, dict):
        yield "content", "must be an object"
        return
    yield from typed({"AdaptiveCard": CARD})(card, "content")
    if "version" not in card:
        yield "content.version", "is required"
    if not card.get("body") and not card.get("actions"):
        yield "content.body", "the card shows nothing"
    names = [name for name in _ids(card) if isinstance(name, str)]
    for name in {name for name in names if names.count(name) > 1}:
        yield "content", f"the id {name!r} is used twice"
    for target in _targets(card):
        if target not in names:
            yield "content", f"there is no element {target!r} to toggle"


def first_text(card: dict[str, Any]) -> str:
    """Return what a person reads first."""
    for part in _parts(card):
        for name in ("text", "title"):
            if isinstance(part.get(name), str) and part[name]:
                return str(part[name])
    return ""


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a card in reading order."""
    if isinstance(value, dict):
        yield value
        for name, part in value.items():
            if name != "msteams":
                yield from _parts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _parts(part)


def _ids(card: dict[str, Any]) -> Iterator[Any]:
    return (part["id"] for part in _parts(card) if "id" in part)


def _targets(card: dict[str, Any]) -> Iterator[Any]:
    for part in _parts(card):
        if part.get("type") == "Action.ToggleVisibility":
            for target in part.get("targetElements") or ():
                yield target.get("elementId") if isinstance(target, dict) else target


def _element(value: Any, at: str) -> Iterator[Problem]:
    yield from typed(ELEMENTS)(value, at)


def _action(value: Any, at: str) -> Iterator[Problem]:
    yield from typed(ACTIONS)(value, at)


def _card(value: Any, at: str) -> Iterator[Problem]:
    yield from typed({"AdaptiveCard": CARD})(value, at)


def _background(value: Any, at: str) -> Iterator[Problem]:
    if isinstance(value, str):
        yield from picture(value, at)
    else:
        yield from typed({"BackgroundImage": BACKGROUND})(value, at)


def _target(value: Any, at: str) -> Iterator[Problem]:
    if isinstance(value, str):
        yield from text(value, at)
    else:
        yield from typed(
            {"TargetElement": ({"elementId": text, "isVisible": boolean}, ("elementId",))}
        )(value, at)


_ALIGN = one_of("left", "center", "right")
_VERTICAL = one_of("top", "center", "bottom")
_STYLE = one_of("default", "emphasis", "good", "attention", "warning", "accent")
_COLOR = one_of("default", "dark", "light", "accent", "good", "warning", "attention")
_SIZE = one_of("default", "small", "medium", "large", "extraLarge")
_WEIGHT = one_of("default", "lighter", "bolder")
_FONT = one_of("default", "monospace")
_SPACING = one_of("default", "none", "small", "medium", "large", "extraLarge", "padding")


def _fallback(value: Any, at: str) -> Iterator[Problem]:
    yield from an_object(value, at) if isinstance(value, dict) else one_of("drop")(value, at)


_COMMON: Properties = {
    "id": text,
    "isVisible": boolean,
    "requires": an_object,
    "separator": boolean,
    "spacing": _SPACING,
    "height": one_of("auto", "stretch"),
    "fallback": _fallback,
}
_BOX: Properties = {
    "style": _STYLE,
    "verticalContentAlignment": _VERTICAL,
    "bleed": boolean,
    "minHeight": pixels,
    "selectAction": _action,
    "rtl": boolean,
}
_COLUMN = typed({"Column": ({**_COMMON, **_BOX, "items": list_of(_element), "width": width}, ())})
_FACT = typed({"Fact": ({"title": string, "value": string}, ("title", "value"))})
_CELL = typed({"TableCell": ({**_BOX, "items": list_of(_element)}, ("items",))})
_CELLS: Properties = {
    "horizontalCellContentAlignment": _ALIGN,
    "verticalCellContentAlignment": _VERTICAL,
}
_ROW = typed({"TableRow": ({"cells": list_of(_CELL), "style": _STYLE, **_CELLS}, ())})
_WIDTHS = typed({"TableColumnDefinition": ({"width": width, **_CELLS}, ())})
_LETTERS: Properties = {
    "text": text,
    "color": _COLOR,
    "fontType": _FONT,
    "isSubtle": boolean,
    "size": _SIZE,
    "weight": _WEIGHT,
}
_RUN = typed(
    {
        "TextRun": (
            {
                **_LETTERS,
                **dict.fromkeys(("italic", "strikethrough", "underline"), boolean),
                "highlight": boolean,
                "selectAction": _action,
            },
            ("text",),
        )
    }
)


def _inline(value: Any, at: str) -> Iterator[Problem]:
    yield from string(value, at) if isinstance(value, str) else _RUN(value, at)


_IMAGE: Properties = {
    **_COMMON,
    "url": picture,
    "altText": string,
    "backgroundColor": string,
    "height": string,
    "width": pixels,
    "horizontalAlignment": _ALIGN,
    "size": one_of("auto", "stretch", "small", "medium", "large"),
    "style": one_of("default", "person"),
    "selectAction": _action,
}
ELEMENTS: Kinds = {
    "TextBlock": (
        {
            **_COMMON,
            **_LETTERS,
            "horizontalAlignment": _ALIGN,
            "maxLines": number,
            "wrap": boolean,
            "style": one_of("default", "heading"),
        },
        ("text",),
    ),
    "RichTextBlock": (
        {**_COMMON, "inlines": list_of(_inline), "horizontalAlignment": _ALIGN},
        ("inlines",),
    ),
    "Image": (_IMAGE, ("url",)),
    "ImageSet": (
        {
            **_COMMON,
            "images": list_of(typed({"Image": (_IMAGE, ("url",))})),
            "imageSize": _IMAGE["size"],
        },
        ("images",),
    ),
    "FactSet": ({**_COMMON, "facts": list_of(_FACT)}, ("facts",)),
    "Container": ({**_COMMON, **_BOX, "items": list_of(_element)}, ("items",)),
    "ColumnSet": (
        {**_COMMON, **_BOX, "columns": list_of(_COLUMN), "horizontalAlignment": _ALIGN},
        (),
    ),
    "ActionSet": ({**_COMMON, "actions": list_of(_action)}, ("actions",)),
    "Table": (
        {
            **_COMMON,
            **_CELLS,
            "columns": list_of(_WIDTHS),
            "rows": list_of(_ROW),
            "firstRowAsHeader": boolean,
            "showGridLines": boolean,
            "gridStyle": _STYLE,
        },
        (),
    ),
}
_BUTTON: Properties = {
    "id": text,
    "title": string,
    "iconUrl": picture,
    "style": one_of("default", "positive", "destructive"),
    "fallback": _fallback,
    "tooltip": string,
    "isEnabled": boolean,
    "mode": one_of("primary", "secondary"),
    "requires": an_object,
}
ACTIONS: Kinds = {
    "Action.OpenUrl": ({**_BUTTON, "url": url}, ("url",)),
    "Action.ShowCard": ({**_BUTTON, "card": _card}, ("card",)),
    "Action.ToggleVisibility": (
        {**_BUTTON, "targetElements": list_of(_target)},
        ("targetElements",),
    ),
}
BACKGROUND: tuple[Properties, tuple[str, ...]] = (
    {
        "url": picture,
        "fillMode": one_of("cover", "repeatHorizontally", "repeatVertically", "repeat"),
        "horizontalAlignment": _ALIGN,
        "verticalAlignment": _VERTICAL,
    },
    ("url",),
)
CARD: tuple[Properties, tuple[str, ...]] = (
    {
        "version": version,
        "body": list_of(_element),
        "actions": list_of(_action),
        "selectAction": _action,
        "fallbackText": string,
        "backgroundImage": _background,
        "minHeight": pixels,
        "rtl": boolean,
        "speak": string,
        "lang": string,
        "verticalContentAlignment": _VERTICAL,
        "$schema": string,
        "msteams": an_object,
    },
    (),
)

"""A walk over every screen of the suite: what a user reads there, in two languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polib
from lxml import etree, html

from dev.lib import places
from tests.support.rpc import Rpc

LANGUAGES = ("en_US", "fr_FR")
READ_ATTRIBUTES = {
    *("aria-label", "avg", "confirm", "confirm-label", "cancel-label", "data-tooltip", "help"),
    *("placeholder", "string", "sum", "title"),
}
ACTION_FIELDS = ["name", "help", "res_model", "view_mode", "search_view_id", "view_ids", "views"]
# Words that are the same in both languages; a sentence never belongs here.
SAME = {
    *("ABC", "Action", "Actions", "API", "Application", "Applications", "Article", "Articles"),
    *("Audit", "Badge", "Badges", "Code", "Codes", "Configuration", "Contact", "Contacts"),
    *("Correction", "Corrections", "Date", "Dates", "Description", "Destination", "Documents"),
    *("EPCIS", "Excel", "FEC", "Format", "ID", "Image", "Images", "Impact", "Information"),
    *("Instructions", "Latitude", "Longitude", "Lot", "Lots", "Marketing", "Message", "Messages"),
    *(
        "Minimum",
        "Minutes",
        "Mode",
        "Note",
        "Notes",
        "Notification",
        "Notifications",
        "Options",
        "Page",
    ),
    *("Pages", "PDF", "Permissions", "Photo", "Photos", "Point 1.5", "Points", "Position", "RFID"),
    *("Secret", "Section", "Sections", "Service", "Services", "Session", "Sessions", "Signature"),
    *("Signatures", "SMS", "Source", "Sources", "Stockex", "Test", "Total", "Type", "Types"),
    *("URL", "UUID", "Verdict", "Version", "Webhook", "Webhooks", "Zone", "Zones"),
    # Names of services and of what people send by them.
    *("Discord", "E-mail", "Microsoft Teams", "SMS (Odoo)", "Slack", "Telegram"),
    *("Twilio (SMS)", "Vonage (SMS)"),
}
# Fields that Odoo's own mixins put on our models, whose French is Odoo's, and the world's time
# zones, which have one name everywhere.
NOT_OURS = re.compile(r"(my_)?activity_|(website_)?message_|rating_|tz=")
ADDRESS = re.compile(r"https?://\S+")
WORD = re.compile(r"[A-Za-zÀ-ÿ]{3,}")


@dataclass(frozen=True)
class Seen:
    """One text on one screen."""

    screen: str
    place: str
    text: str
    ours: bool  # on a model or a menu of the suite


def source_terms() -> set[str]:
    """Return every English term of the suite."""
    return {
        _plain(entry.msgid)
        for addon in places.present_addons()
        if (path := places.ROOT / addon / "i18n" / f"{addon}.pot").is_file()
        for entry in polib.pofile(str(path))
    }


def untranslated(english: list[Seen], french: list[Seen], terms: set[str]) -> list[str]:
    """Say which texts a French user reads in English.

    On the suite's own models every text counts, elsewhere only the suite's terms do.
    """
    before = {(seen.screen, seen.place, seen.text) for seen in english}
    found = set()
    for seen in french:
        stays = (seen.screen, seen.place, seen.text) in before
        suspect = seen.text in terms or seen.ours
        readable = WORD.search(ADDRESS.sub("", seen.text)) and seen.text not in SAME
        if stays and suspect and readable:
            found.add(f"{seen.screen} · {seen.place}: “{seen.text}”")
    return sorted(found)


def walk(rpc: Rpc, language: str) -> list[Seen]:
    """Read every menu, action and view of the suite in a language."""
    context = {"lang": language}
    seen = list(_menus(rpc, context))
    for action in _actions(rpc, context):
        seen += _action(rpc, action, context)
    return seen


def _own_ids(rpc: Rpc, model: str) -> list[int]:
    domain = [("module", "in", places.present_addons()), ("model", "=", model)]
    rows = rpc.call("ir.model.data", "search_read", domain, ["res_id"])
    return [row["res_id"] for row in rows]


def _menus(rpc: Rpc, context: dict[str, str]) -> Iterator[Seen]:
    ids = _own_ids(rpc, "ir.ui.menu")
    for row in rpc.call("ir.ui.menu", "read", ids, ["name"], context=context):
        yield Seen(f"menu {row['id']}", "name", row["name"], ours=True)


def _actions(rpc: Rpc, context: dict[str, str]) -> list[dict[str, Any]]:
    ids = _own_ids(rpc, "ir.actions.act_window")
    actions: list[dict[str, Any]] = rpc.call(
        "ir.actions.act_window", "read", ids, ACTION_FIELDS, context=context
    )
    return actions


def _action(rpc: Rpc, action: dict[str, Any], context: dict[str, str]) -> list[Seen]:
    model = action["res_model"]
    screen = f"{model} {action['id']}"
    ours = model.startswith("stockex.")
    seen = [Seen(screen, "action", action["name"], ours=True)]
    seen += [Seen(screen, "help", text, ours=True) for text in _html_texts(action["help"])]
    search = action["search_view_id"]
    views = [*action["views"], (search[0] if search else False, "search")]
    answer = rpc.call(model, "get_views", views=views, options={"toolbar": True}, context=context)
    for kind, view in answer["views"].items():
        for place, text in arch_texts(view["arch"]):
            seen.append(Seen(screen, f"{kind} {place}", text, ours))
        for entries in (view.get("toolbar") or {}).values():
            seen += [Seen(screen, "toolbar", entry["name"], ours=False) for entry in entries]
    for name, description in answer["models"].items():
        for place, text in _field_texts(description["fields"]):
            if not NOT_OURS.match(place):
                seen.append(Seen(screen, f"{name}.{place}", text, name.startswith("stockex.")))
    return seen


def _field_texts(fields: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, field in fields.items():
        yield name, _plain(field.get("string") or "")
        yield f"{name} help", _plain(field.get("help") or "")
        for value, label in field.get("selection") or []:
            yield f"{name}={value}", _plain(label or "")


def arch_texts(arch: str) -> Iterator[tuple[str, str]]:
    """Yield what a user reads in a view: its texts and the attributes shown to people."""
    root = etree.fromstring(arch)
    for node in root.iter(etree.Element):
        where = f"{node.tag} {node.get('name', '')}".strip()
        # Nobody reads the title of a whole view: the action's name stands there.
        attributes = set(node.attrib) - ({"string"} if node is root else set())
        for attribute in READ_ATTRIBUTES & attributes:
            yield f"{where}@{attribute}", _plain(node.get(attribute))
        for text in (node.text, *(child.tail for child in node)):
            if text and text.strip():
                yield where, _plain(text)


def _html_texts(text: str | bool) -> Iterator[str]:
    if text:
        for part in html.fromstring(f"<div>{text}</div>").itertext():
            if part.strip():
                yield _plain(part)


def _plain(text: str) -> str:
    return " ".join(text.split())

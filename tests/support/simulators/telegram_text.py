"""Telegram's ways of writing formatted text: HTML, MarkdownV2 and the old Markdown.

Contract: https://core.telegram.org/bots/api#formatting-options. The sentences of the errors are
those of the service's own public server (github.com/tdlib/telegram-bot-api with tdlib/td).

Not simulated: nested block quotes' finer rules, custom emoji and dates beyond their form, the
merging of equal entities, the finding of links and mentions in plain text.
"""

import html
import re
from collections.abc import Callable
from typing import Any

Entity = dict[str, Any]
Parsed = tuple[str, list[Entity]]
RESERVED = set("_*[]()~`>#+-=|{}.!")
TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-spoiler": "spoiler", "span": "spoiler", "tg-emoji": "custom_emoji", "tg-time": "date_time",
}  # fmt: skip
MARKS = {
    "*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler",
    "`": "code", "```": "pre", "[": "text_link", "![": "custom_emoji", ">": "blockquote",
}  # fmt: skip
NAMES = {
    "bold": "Bold", "italic": "Italic", "underline": "Underline", "spoiler": "Spoiler",
    "strikethrough": "Strikethrough", "code": "Code", "pre": "Pre", "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji", "blockquote": "BlockQuote",
}  # fmt: skip
_TAG = re.compile(r"""<(/?)([^\s>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_TAG_NAME = re.compile(r"</?([^\s>]*)")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CHARACTER = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});?")


class CannotParse(Exception):
    """The text breaks the rules of its way of writing."""


def parse(text: str, mode: str) -> Parsed:
    """Return the plain text and what is formatted in it.

    :raise CannotParse: with the sentence that the service answers.
    :raise KeyError: if there is no such way of writing.
    """
    if not mode:
        return text, []
    parsers: dict[str, Callable[[str], Parsed]] = {
        "html": _parse_html,
        "markdownv2": lambda source: _MarkdownV2(source).parse(),
        "markdown": _parse_markdown,
    }
    return parsers[mode.lower()](text)


def utf16(text: str) -> int:
    """Count as Telegram does."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _bytes(text: str, end: int) -> int:
    return len(text[:end].encode("utf-8", "surrogatepass"))


def _entity(kind: str, begin: int, plain: str, **more: str) -> Entity:
    return {"type": kind, "offset": begin, "length": utf16(plain) - begin, **more}


def _parse_html(source: str) -> Parsed:
    plain, at = "", 0
    entities: list[Entity] = []
    stack: list[tuple[str, int, str]] = []
    while at < len(source):
        if source[at] == "&" and (found := _CHARACTER.match(source, at)):
            plain += html.unescape(found[0])
            at = found.end()
        elif source[at] == "<":
            at = _tag(source, at, plain, stack, entities)
        else:
            plain += source[at]
            at += 1
    if stack:
        raise CannotParse(f'Can\'t find end tag corresponding to start tag "{stack[-1][0]}"')
    return plain, entities


def _tag(
    source: str, at: int, plain: str, stack: list[tuple[str, int, str]], entities: list[Entity]
) -> int:
    """Open or close a tag and return where it ends."""
    place = f"at byte offset {_bytes(source, at)}"
    closes = source.startswith("</", at)
    if closes and not stack:
        raise CannotParse(f"Unexpected end tag {place}")
    begin_of_tag = _TAG_NAME.match(source, at)
    name = begin_of_tag[1].lower() if begin_of_tag else ""
    if not closes and begin_of_tag and begin_of_tag.end() < len(source) and name not in TAGS:
        raise CannotParse(f'Unsupported start tag "{name}" {place}')
    found = _TAG.match(source, at)
    if not found:
        raise CannotParse(f"Unclosed {'end' if closes else 'start'} tag {place}")
    rest = found[3]
    if not closes:
        _check_tag(name, rest, place)
        href = _HREF.search(rest)
        url = html.unescape(href[1] or href[2] or "") if href else ""
        stack.append((name, utf16(plain), url))
        return found.end()
    opened, begin, url = stack.pop()
    if name != opened:
        text = f'Unmatched end tag {place}, expected "</{opened}>", found "</{name}>"'
        raise CannotParse(text)
    if utf16(plain) > begin:
        more = {"url": url} if opened == "a" else {}
        entities.append(_entity(TAGS[opened], begin, plain, **more))
    return found.end()


def _check_tag(name: str, rest: str, place: str) -> None:
    if rest.rstrip().endswith("/"):
        raise CannotParse(f'Empty attribute name in the tag "{name}" {place}')
    if name == "span" and not re.search(r"""\bclass\s*=\s*["']tg-spoiler["']""", rest):
        raise CannotParse(f'Tag "span" must have class "tg-spoiler" {place}')


def _parse_markdown(source: str) -> Parsed:
    """Parse the old way: no nesting, and an escape before the four marks only."""
    plain, at = "", 0
    entities: list[Entity] = []
    while at < len(source):
        sign = source[at]
        if sign == "\\" and source[at + 1 : at + 2] in {*"_*`["}:
            plain += source[at + 1]
            at += 2
        elif sign in "_*`[":
            mark = "```" if source.startswith("```", at) else sign
            end = source.find("]" if sign == "[" else mark, at + len(mark))
            if end < 0:
                where = _bytes(source, at)
                raise CannotParse(f"Can't find end of the entity starting at byte offset {where}")
            begin = utf16(plain)
            plain += source[at + len(mark) : end]
            entities.append(_entity(MARKS[mark], begin, plain))
            at = end + len(mark)
            if sign == "[" and (link := re.compile(r"\(([^)]*)\)").match(source, at)):
                entities[-1]["url"] = link[1]
                at = link.end()
        else:
            plain += sign
            at += 1
    return plain, entities


class _MarkdownV2:
    """One text on its way through the rules."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.plain = ""
        self.entities: list[Entity] = []
        self.stack: list[tuple[str, int, int]] = []  # kind, where it began in text and source
        self.line_begins = True

    def parse(self) -> Parsed:
        while self.at < len(self.source):
            sign = self.source[self.at]
            following = self.source[self.at + 1 : self.at + 2]
            if sign == "\\" and following and "\x00" < following <= "~":
                self._copy(following, 2)
            elif sign == "\n":
                self._end_of_line()
            elif sign not in RESERVED or (self._top() in {"code", "pre"} and sign != "`"):
                self._copy(sign, 1)
            elif not self._closes(sign):
                self._open(sign)
        self._end_quote()
        if self.stack:
            raise self._without_end()
        return self.plain, self.entities

    def _top(self) -> str:
        return self.stack[-1][0] if self.stack else ""

    def _copy(self, text: str, read: int) -> None:
        self.plain += text
        self.at += read
        self.line_begins = text == "\n"

    def _without_end(self) -> CannotParse:
        kind, _, began = self.stack[-1]
        where = _bytes(self.source, began)
        return CannotParse(f"Can't find end of {NAMES[kind]} entity at byte offset {where}")

    def _reserved(self, sign: str) -> CannotParse:
        return CannotParse(
            f"Character '{sign}' is reserved and must be escaped with the preceding '\\'"
        )

    def _mark(self, sign: str) -> str:
        """Return the longest mark that begins here."""
        for mark in ("```", "__", "||", "![", sign):
            if self.source.startswith(mark, self.at):
                return mark
        return sign

    def _closes(self, sign: str) -> bool:
        """Close the innermost entity if its end is here."""
        kind, mark = self._top(), self._mark(sign)
        if kind in {"text_link", "custom_emoji"}:
            ends = sign == "]"
        elif kind in {"code", "italic"}:
            ends = MARKS.get(sign) == kind and (kind == "code" or mark == "_")
        else:
            ends = kind not in {"", "blockquote"} and MARKS.get(mark) == kind
        if not ends:
            return False
        self.at += len(mark) if kind in {"pre", "underline", "spoiler"} else 1
        _, begin, _ = self.stack.pop()
        more = self._link(kind) if sign == "]" else {}
        if utf16(self.plain) > begin:
            self.entities.append(_entity(kind, begin, self.plain, **more))
        return True

    def _link(self, kind: str) -> dict[str, str]:
        """Read the address behind a link's text."""
        if not self.source.startswith("(", self.at):
            if kind == "custom_emoji":
                raise CannotParse("The entity must contain a tg://emoji or tg://time URL")
            return {"url": self.plain}
        found = re.compile(r"\(((?:[^\\)]|\\.)*)\)", re.DOTALL).match(self.source, self.at)
        if not found:
            where = _bytes(self.source, self.at + 1)
            raise CannotParse(f"Can't find end of a URL at byte offset {where}")
        self.at = found.end()
        url = re.sub(r"\\(.)", r"\1", found[1])
        if kind == "custom_emoji" and not re.match(r"tg://(emoji|time)\?", url):
            raise CannotParse("Invalid tg://emoji or tg://time URL specified")
        return {"url": url}

    def _open(self, sign: str) -> None:
        mark = self._mark(sign)
        quoted = any(kind == "blockquote" for kind, _, _ in self.stack)
        if mark not in MARKS or (mark == ">" and not self.line_begins):
            raise self._reserved(sign)
        if mark != ">" or not quoted:
            self.stack.append((MARKS[mark], utf16(self.plain), self.at))
        self.at += len(mark)
        if mark == "```":  # a language and one line's end belong to the mark
            language = re.compile(r"(?:[^\s`]+(?=[\s]))?\n?").match(self.source, self.at)
            self.at = language.end() if language else self.at

    def _end_of_line(self) -> None:
        quoted = any(kind == "blockquote" for kind, _, _ in self.stack)
        goes_on = self.source[self.at + 1 : self.at + 2] == ">"
        if quoted and not goes_on:
            self._end_quote()
        self._copy("\n", 1)

    def _end_quote(self) -> None:
        """Close a block quote at the end of its last line; `||` there makes it expandable."""
        if not any(kind == "blockquote" for kind, _, _ in self.stack):
            return
        expandable = self._top() == "spoiler" and self.stack[-1][2] == self.at - 2
        if expandable:
            self.stack.pop()
        if self._top() != "blockquote":
            raise self._without_end()
        _, begin, _ = self.stack.pop()
        kind = "expandable_blockquote" if expandable else "blockquote"
        if utf16(self.plain) > begin:
            self.entities.append(_entity(kind, begin, self.plain))

"""Load the demo story: `load(env)` with a superuser's environment on a fresh database.

Wanted beforehand: the suite's addons (those that exist), `l10n_fr`, `l10n_ma` and the language
`fr_FR`, without Odoo's own demo data. The caller commits.
"""

from __future__ import annotations

import os
import time
from datetime import datetime
from pathlib import Path

from .demo.chapters import CHAPTERS
from .demo.pure.calendar import WEEKS
from .demo.pure.plan import make_plan
from .demo.story import QUIET, Story

ROOT = Path(__file__).resolve().parent.parent
LOGINS = ROOT / ".demo" / "logins.txt"
KEYS = "api_keys.txt"
COLUMNS = ("login", "password", "name", "companies", "role")
KEY_COLUMNS = ("what", "key", "acts as", "company")


def load(
    env, now: datetime | None = None, logins: Path | None = LOGINS, weeks: int = WEEKS
) -> list[tuple]:
    """Write the story that ends `now` and return the rows of the table of logins.

    :param logins: file (mode 0600) for the table of logins; that of keys is put beside it. None
        to write neither.
    :param weeks: length of the story; a multiple of four, shorter for tests.
    """
    began, cpu = time.monotonic(), time.process_time()
    now = (now or datetime.now()).replace(microsecond=0)
    env = env(su=True, context={**env.context, **QUIET})
    if "fr_FR" not in dict(env["res.lang"].get_installed()):
        env["res.lang"]._activate_lang("fr_FR")
    story = Story(env, make_plan(now.date(), count=weeks), now)
    for chapter in CHAPTERS:
        with story.timed(chapter.__name__.rsplit(".", 1)[1]):
            chapter.run(story)
    story.play()
    story.rest()
    table = format_table(story.logins)
    if logins:
        _write_private(logins, table)
        _write_private(logins.with_name(KEYS), format_table(story.keys, KEY_COLUMNS))
    print(table)
    for name, (processor, wall) in story.seconds.items():
        print(f"{name:20} {processor:6.1f} s of CPU, {wall:6.1f} s")
    print(f"story told in {time.monotonic() - began:.0f} s, "
          f"{time.process_time() - cpu:.0f} s of CPU in Odoo")  # fmt: skip
    return story.logins


def format_table(rows: list[tuple], columns: tuple[str, ...] = COLUMNS) -> str:
    """Return logins or keys as a table of plain text."""
    rows = [columns, *rows]
    widths = [max(len(row[place]) for row in rows) for place in range(len(columns))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines) + "\n"


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads, from the first byte on."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)

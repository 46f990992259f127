"""The server as the handheld meets it: in order, out of reach, refusing, in conflict."""

import datetime
import time
from typing import Any

from . import goods

Answer = dict[str, Any]
EXPIRED = {"error": {"code": 100, "message": "Odoo Session Expired"}}
VERSION = "1"
AT = "2026-11-21 09:00:00"
USER, COMPANY = "Yasmine Okonkwo", "Second Tour Électroménager SARL"
REFUSAL = "Blocked by Nadia Benali."
# What the server says is in its user's language already.
WORDS = f"{USER} {COMPANY} {REFUSAL}"


class Desk:
    """Answers the calls below `/stockex/scan/sync/`; a test says how.

    :ivar situation: `open`, `signed_out`, or the code of a refusal.
    :ivar verdicts: what a push answers for an operation's kind; `applied` without one.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Be a server in order again."""
        self.situation = "open"
        self.lang = "en_US"
        self.clock_hours = 0
        self.has_more = True
        self.has_counts = True
        self.slow_s = 0.0
        self.wants_position = False
        self.push_key: str | None = None
        self.verdicts: dict[str, Answer] = {}
        self.build = {"version": VERSION}
        self.answers: dict[str, Answer] = {}
        self.mine: dict[int, float] = {}

    def answer(self, name: str, params: Answer) -> Answer:
        """Answer one call as Odoo does."""
        if self.situation == "signed_out":
            return EXPIRED
        if self.situation != "open":
            return {"result": {"refused": self.situation, "message": REFUSAL}}
        if name in self.answers:
            return {"result": self.answers[name]}
        known = {"hello": self._hello, "catalogue": self._catalogue, "push": self._push}
        return {"result": known[name](params)}

    def _now(self) -> str:
        now = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=self.clock_hours)
        return now.isoformat()

    def _hello(self, params: Answer) -> Answer:
        return {
            "server_time": self._now(),
            "protocol": 1,
            "user": {"id": 7, "name": USER, "lang": self.lang, "is_controller": False},
            "company": {"id": 1, "name": COMPANY},
            "companies": [{"id": 1, "name": COMPANY, "adhoc": True}],
            "device": {"id": 5, "name": "Zebra 04", "state": "active", "uuid": params["device"]},
            "settings": {
                "position": self.wants_position,
                "adhoc": True,
                "photo_px": 1280,
                "route": True,
            },
            "digits": {"quantity": 2},
            "push_key": self.push_key,
            "app_version": VERSION,
        }

    def _catalogue(self, params: Answer) -> Answer:
        time.sleep(self.slow_s)
        rows = goods.SLICES[params["slice"]] if self.has_counts else []
        version = {"rows": rows, "gone": [], "next": None, "version": AT, "total": len(rows)}
        return {**version, "rows": []} if params.get("since") == AT else version

    def _push(self, params: Answer) -> Answer:
        results = [{"op": op["op"], **self._verdict(op)} for op in params["ops"]]
        return {"server_time": self._now(), "results": results}

    def _verdict(self, op: Answer) -> Answer:
        verdict = {"status": "applied", "code": "", "message": "", "line": None, "conflict": None}
        verdict |= self.verdicts.get(op["kind"], {})
        if verdict["status"] == "applied" and op["kind"] == "count":
            verdict["line"] = self._counted(op)
        return verdict

    def _counted(self, op: Answer) -> Answer | None:
        """Return the line as it is after a count."""
        for line in goods.LINES:
            if line["id"] == op.get("line"):
                before = self.mine.get(line["id"], line["mine"] or 0)
                added = op["mode"] == "add"
                self.mine[line["id"]] = op["quantity"] + (before if added else 0)
                return {**line, "mine": self.mine[line["id"]], "state": "counted"}
        return None

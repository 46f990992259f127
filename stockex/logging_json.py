"""Logs as JSON lines, for collectors that do not read Odoo's text.

Chosen with `STOCKEX_LOG=json` in the server's environment; `stockex` must be one of the
server-wide modules, so that this acts before the first database is loaded.
"""

import json
import logging
import os
import threading
from datetime import UTC, datetime


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, pid, db, message, perf, exception."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record; its text is never broken over several lines."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": logging.getLevelName(record.levelno),
            "logger": record.name,
            "pid": record.process,
            "db": getattr(threading.current_thread(), "dbname", None),
            "message": record.getMessage(),
        }
        if perf := getattr(record, "perf_info", ""):
            entry["perf"] = perf
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


def post_load() -> None:
    """Let every handler of the server write JSON, if the environment says so."""
    if os.environ.get("STOCKEX_LOG") != "json":
        return
    for handler in logging.getLogger().handlers:
        handler.setFormatter(JsonFormatter())

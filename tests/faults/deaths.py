"""Ways for a server to die by SIGKILL, and how the dead are replaced."""

import os
import re
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.support.server import Server


@dataclass(frozen=True)
class Death:
    """Who is killed, and what is done to go on."""

    name: str
    strike: Callable[[Server], None]
    replace: Callable[[Server], None]


def kill_workers(server: Server) -> None:
    """End the processes that serve requests, as the kernel does when memory is short.

    Odoo's master process and queue_job's runner live on and have to notice.
    """
    named = set(re.findall(r"Worker WorkerHTTP \((\d+)\) alive", server.log()))
    alive = [int(pid) for pid in named if is_ours(pid, server)]
    assert alive
    for pid in alive:
        os.kill(pid, signal.SIGKILL)


def is_ours(pid: str, server: Server) -> bool:
    """Tell whether a process lives and is still the server's, not a later one of its number."""
    try:
        return server.db in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False


POWER_CUT = Death("whole server", Server.kill, Server.start)
OUT_OF_MEMORY = Death("workers", kill_workers, lambda _server: None)

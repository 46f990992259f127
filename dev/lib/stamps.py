"""Remember which steps are done, and for which inputs."""

import fcntl
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from . import places
from .say import line


def fingerprint(*parts: str | bytes) -> str:
    """Return a short hash of the parts; their borders count."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(str(len(data)).encode() + b":" + data)
    return digest.hexdigest()[:16]


def files_fingerprint(root: Path, files: Iterable[Path]) -> str:
    """Return a short hash of the files' names (below `root`) and contents."""
    parts: list[str | bytes] = []
    for path in sorted(files):
        parts += [str(path.relative_to(root)), path.read_bytes()]
    return fingerprint(*parts)


def is_stamped(name: str, print_: str) -> bool:
    """Tell whether a step was finished with the same inputs."""
    path = places.STAMPS / name
    return path.is_file() and path.read_text() == print_


def stamp(name: str, print_: str) -> None:
    """Note that a step is finished."""
    places.STAMPS.mkdir(parents=True, exist_ok=True)
    (places.STAMPS / name).write_text(print_)


@contextmanager
def only_one(name: str) -> Iterator[None]:
    """Let one run at a time do something; another waits and says so."""
    places.RUN.mkdir(parents=True, exist_ok=True)
    with open(places.RUN / f"{name}.lock", "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            line(f"• waiting for another run in this folder ({name}) …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield

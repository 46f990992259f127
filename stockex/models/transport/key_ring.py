"""The keys that secrets are encrypted with: from the environment or a private file."""

import contextlib
import os
import re
import stat
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet

VARIABLE = "STOCKEX_SECRET_KEY"
FILE = "stockex_secret.key"


class KeyFault(Exception):
    """There is no usable key.

    :ivar code: ``malformed``, ``readable``, ``unreadable`` or ``not_creatable``.
    :ivar place: the variable or the file.
    """

    def __init__(self, code: str, place: str) -> None:
        super().__init__(f"{code}: {place}")
        self.code = code
        self.place = place


def key_ring(data_dir: str) -> MultiFernet:
    """Return the keys: the first encrypts, every one decrypts.

    :param data_dir: where the key file is, or is made at first use.
    :raise KeyFault:
    """
    text = os.environ.get(VARIABLE, "").strip()
    path = Path(data_dir) / FILE
    place = VARIABLE if text else str(path)
    keys = [key for key in re.split(r"[,\s]+", text or _key_file(path)) if key]
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError as error:
        raise KeyFault("malformed", place) from error


def _key_file(path: Path) -> str:
    """Return the file's text; make the file if there is none."""
    try:
        return _read(path)
    except FileNotFoundError:
        _create(path)
        return _read(path)


def _read(path: Path) -> str:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise KeyFault("unreadable", str(path)) from error
    with os.fdopen(handle) as file:
        if os.fstat(handle).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise KeyFault("readable", str(path))
        return file.read()


def _create(path: Path) -> None:
    """Put a new key in place, whole or not at all; a file that is there wins."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{FILE}.", dir=path.parent)  # mode 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(Fernet.generate_key() + b"\n")
                file.flush()
                os.fsync(handle)
            with contextlib.suppress(FileExistsError):
                os.link(name, path)
        finally:
            os.unlink(name)
    except OSError as error:
        raise KeyFault("not_creatable", str(path)) from error

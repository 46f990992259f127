"""A code that shows whether a printed result is still the recorded one."""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Sequence

CODE_LENGTH = 20  # 100 bits
GROUP = 4


def verification_code(key: bytes, rows: Iterable[Sequence[object]]) -> str:
    """Return the code of a result: HMAC-SHA256 over its rows, in groups of four.

    Each value is written with its length before it, so that no two results have the
    same text; numbers have six decimals, and nothing (None, False) is empty.

    :param key: the secret that only the issuer has.
    """
    digest = hmac.new(key, digestmod=hashlib.sha256)
    for row in rows:
        for value in row:
            data = _canonical(value).encode()
            digest.update(b"%d:%b," % (len(data), data))
        digest.update(b"\n")
    code = base64.b32encode(digest.digest()).decode()[:CODE_LENGTH]
    return " ".join(code[start : start + GROUP] for start in range(0, CODE_LENGTH, GROUP))


def _canonical(value: object) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, float):
        return f"{value or 0.0:.6f}"
    return str(value)

"""Run other programs: output into a log, failures with their last lines."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from .say import Failure

TAIL_LINES = 15


def run(
    command: Sequence[str | Path],
    *,
    log: Path,
    what: str,
    todo: str = "",
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stdin: Path | None = None,
) -> None:
    """Run a program with its output in a log file.

    :raise Failure: with `what`, the last lines of the log, and `todo`.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "ab") as out, open(stdin or os.devnull, "rb") as source:
        start = out.tell()
        try:
            code = subprocess.run(
                [str(part) for part in command],
                stdout=out,
                stderr=subprocess.STDOUT,
                stdin=source,
                env=dict(env) if env is not None else None,
                cwd=cwd,
                check=False,
            ).returncode
        # A folder of PATH that this user may not enter hides that the program is absent.
        except (FileNotFoundError, PermissionError) as error:
            raise Failure(f"{what}: {error.filename} was not found.", todo) from error
    if code:
        tail = last_lines(log, start)
        advice = (todo + "\n" if todo else "") + f"The whole log: {log}"
        raise Failure(f"{what} (exit code {code}).\n{tail}", advice)


def last_lines(log: Path, start: int = 0, count: int = TAIL_LINES) -> str:
    """Return the last lines of a log that were written after `start` bytes."""
    with open(log, "rb") as source:
        source.seek(start)
        text = source.read().decode(errors="replace")
    return "\n".join(text.rstrip().splitlines()[-count:])


def output(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> str:
    """Return what a program prints.

    :raise subprocess.CalledProcessError: if it fails; `stderr` holds its message.
    """
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env=dict(env) if env is not None else None,
        check=True,
    ).stdout


def succeeds(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> bool:
    """Tell whether a program ends well; its output is dropped."""
    try:
        output(command, env)
    except (subprocess.CalledProcessError, FileNotFoundError, PermissionError):
        return False
    return True

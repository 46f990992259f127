"""The project's own formatters, over what was written."""

import subprocess
import tempfile
from pathlib import Path

from dev.lib.places import PYTHON, ROOT
from dev.lib.say import Failure

RUFF = PYTHON.parent / "ruff"
PRETTIER = ROOT / "dev" / "node_modules" / "prettier" / "bin" / "prettier.cjs"


def tidy(files: dict[str, str]) -> dict[str, str]:
    """Format Python with ruff, JavaScript and TypeScript with prettier."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        config = f"--config={ROOT / 'ruff.toml'}"
        _run(RUFF, "check", "--quiet", "--fix-only", "--select=I", config, folder)
        _run(RUFF, "format", "--quiet", config, folder)
        scripts = [folder / path for path in files if path.endswith((".js", ".ts"))]
        rules = f"--config={ROOT / 'dev' / '.prettierrc.json'}"
        _run("node", PRETTIER, "--log-level=warn", "--write", rules, *scripts)
        return {path: (folder / path).read_text(encoding="utf-8") for path in files}


def _run(*command: str | Path) -> None:
    answer = subprocess.run(
        [str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        raise Failure(f"What was written cannot be formatted.\n{answer.stdout}{answer.stderr}")

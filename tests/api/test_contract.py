"""A fuzzer calls everything in the document for two minutes and believes the document."""

import re
import subprocess
from pathlib import Path

from dev.lib import places
from tests.support.api import ROOT, issue

SECONDS = 120
HERE = Path(__file__).parent


def test_every_answer_is_one_that_the_document_names(story, tmp_path):
    key = issue(story, "suiteadmin")
    command = [
        *(places.VENV / "bin" / "schemathesis", "--config-file", HERE / "schemathesis.toml"),
        *("run", story.url + ROOT + "/openapi.json", "-H", f"Authorization: Bearer {key}"),
        *("--checks", "all", "--phases", "examples,coverage,fuzzing,stateful"),
        *("--max-time", str(SECONDS), "--workers", "2", "--continue-on-failure", "--no-color"),
        *("--request-timeout", "60", "--seed", "1", "--generation-database", "none"),
    ]

    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, cwd=tmp_path, check=False
    )

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "Traceback" not in story.log()
    cases = re.search(r"(\d+) generated", done.stdout)
    assert cases
    assert int(cases[1]) > 500, done.stdout[-2000:]

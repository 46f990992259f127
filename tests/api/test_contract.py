"""A fuzzer calls everything in the document for two minutes and believes the document."""

import re
import subprocess
from pathlib import Path

import pytest

from dev.lib import places
from tests.support.api import ROOT, issue
from tests.support.rpc import Rpc

SECONDS = 120
HERE = Path(__file__).parent


@pytest.fixture
def guessing_allowed(story):
    """Let it knock with many wrong keys: each is to be answered as the document says."""
    admin = Rpc(story.url, story.db, "admin", "admin")
    guesses = ("ir.config_parameter", "set_param", "stockex.api_guesses_a_minute")
    admin.call(*guesses, "100000")
    yield
    admin.call(*guesses, "20")


@pytest.mark.usefixtures("guessing_allowed")
def test_every_answer_is_one_that_the_document_names(story, tmp_path):
    key = issue(story, "suiteadmin")
    # Products are Odoo's: its own role lets one change them.
    story.sql(
        "INSERT INTO res_groups_users_rel (gid, uid) SELECT d.res_id, u.id"
        " FROM ir_model_data d, res_users u WHERE u.login = 'suiteadmin'"
        " AND d.module = 'product' AND d.name = 'group_product_manager' ON CONFLICT DO NOTHING"
    )
    command = [
        *(places.VENV / "bin" / "schemathesis", "--config-file", HERE / "schemathesis.toml"),
        *("run", story.url + ROOT + "/openapi.json", "-H", f"Authorization: Bearer {key}"),
        *("--checks", "all", "--phases", "examples,coverage,fuzzing,stateful"),
        *("--max-time", str(SECONDS), "--workers", "1", "--continue-on-failure", "--no-color"),
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

"""What `make sdk` writes is what the code says, whole, and the same each time."""

import ast
import copy
import json
import os
import re
import shutil
import subprocess
import sys

import jsonschema_rs
import pytest

from dev.lib.places import ROOT
from dev.sdk import __main__ as sdk
from dev.sdk import contract, document, tidy
from dev.sdk.words import HEADER, camel

from .clients import SDK


def _document(seed: str) -> dict:
    program = [sys.executable, "-m", "dev.sdk.document"]
    env = {**os.environ, "PYTHONHASHSEED": seed}
    answer = subprocess.run(program, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


@pytest.fixture(scope="module")
def found() -> dict:
    """The document of the code, as another process reads it."""
    return _document("1")


@pytest.fixture(scope="module")
def files(found) -> dict[str, str]:
    return sdk.write(found)


@pytest.fixture
def target(tmp_path, monkeypatch):
    """A copy of the folder, and `make sdk` working on it."""
    folder = tmp_path / "sdk"
    shutil.copytree(SDK, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(sdk, "TARGET", folder)
    return folder


@pytest.fixture
def told(found, monkeypatch):
    """The document that `make sdk` is given."""
    changed = copy.deepcopy(found)
    monkeypatch.setattr(document, "read", lambda: changed)
    return changed


# --- The files in the checkout ---


def test_the_clients_are_up_to_date_and_v1_does_not_break(found, files):
    assert sdk.breaks(found, SDK) == []
    assert sdk.stale(files, SDK) == []


def test_the_golden_copy_is_what_the_server_says(server):
    golden = json.loads((SDK / sdk.GOLDEN).read_text())
    from tests.support.api import Api

    assert Api(server, "none").get("/openapi.json") == golden


def test_two_runs_write_the_same_whatever_the_order_of_sets(found, files):
    assert _document("2") == found
    assert sdk.write(_document("3")) == files


def test_each_generated_file_says_so_unless_it_cannot(files):
    silent = [path for path, text in files.items() if HEADER not in text[:300]]

    assert silent == ["javascript/package.json", "openapi.v1.json", "php/composer.json"]


# --- The command ---


def test_the_command_changes_nothing_the_second_time(target, told, capsys):
    told["info"]["version"] = "1.0.1"

    assert sdk.main(["--check"]) == 1
    assert sdk.main([]) == 0
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    assert sdk.main([]) == 0

    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before
    assert "0 changed" in capsys.readouterr().out.splitlines()[-1]
    assert sdk.main(["--check"]) == 0
    assert json.loads((target / "javascript/package.json").read_text())["version"] == "1.0.1"


def test_a_file_that_was_changed_lost_or_left_over_is_named(target, told, capsys):
    (target / "php/src/Client.php").unlink()
    with (target / "python/stockex_client/schemas.py").open("a") as out:
        out.write("# by hand\n")
    old = target / "python/stockex_client/operations/old.py"
    old.write_text("OLD = 1\n")
    claimed = target / "php/src/Mine.php"
    claimed.write_text(f"<?php\n\n// {HEADER}\n")

    code = sdk.main(["--check"])

    named = re.findall(r"sdk/(\S+) is not up to date", capsys.readouterr().out)
    assert code == 1
    assert named == [
        "php/src/Client.php",
        "python/stockex_client/schemas.py",
        "php/src/Mine.php",
        "python/stockex_client/operations/old.py",
    ]
    assert sdk.main([]) == 0
    assert not old.exists()
    assert not claimed.exists()
    assert sdk.main(["--check"]) == 0


def test_a_document_that_breaks_v1_is_refused_and_nothing_is_written(
    target, told, capsys, monkeypatch
):
    del told["paths"]["/counts"]["get"]
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}

    assert sdk.main(["--check"]) == 1
    assert sdk.main([]) == 1

    assert "✗ breaks /v1: GET /counts is gone" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before
    monkeypatch.setenv("BREAK", "1")
    assert sdk.main([]) == 0
    assert "list_counts" not in (target / "openapi.v1.json").read_text()


def test_a_schema_that_no_client_was_taught_is_refused(found):
    changed = copy.deepcopy(found)
    changed["components"]["schemas"]["Link"]["properties"]["id"] = {"type": "decimal"}

    with pytest.raises(ValueError, match="decimal"):
        contract.read(changed)


def test_what_cannot_be_formatted_is_a_failure_with_its_reason():
    with pytest.raises(tidy.Failure, match="formatted"):
        tidy.tidy({"a.py": "def f(:\n"})


# --- What the clients hold ---


def test_each_operation_is_a_method_of_each_client(found, files):
    names = {
        item[method]["operationId"]
        for item in found["paths"].values()
        for method in contract.METHODS
        if method in item
    }
    python = "".join(text for path, text in files.items() if path.endswith(".py"))
    php = "".join(text for path, text in files.items() if path.endswith(".php"))
    javascript = files["javascript/src/client.js"]
    types = files["javascript/src/index.d.ts"]

    assert len(names) > 25
    assert names <= set(re.findall(r"^    def (\w+)\(", python, re.MULTILINE))
    humps = {camel(name) for name in names}
    assert humps <= set(re.findall(r"public function (\w+)\(", php))
    assert humps <= set(re.findall(r"^    (\w+)\(.*{$", javascript, re.MULTILINE))
    assert set(re.findall(r"^    (\w+)\(", javascript, re.MULTILINE)) == set(
        re.findall(r"^    (\w+)\(", types, re.MULTILINE)
    ) - {"constructor"}


def test_each_record_is_a_type_of_each_client(found, files):
    names = set(found["components"]["schemas"])
    module = ast.parse(files["python/stockex_client/schemas.py"])

    assert {node.name for node in module.body if isinstance(node, ast.ClassDef)} == names
    assert names <= set(re.findall(r"interface (\w+) {", files["javascript/src/index.d.ts"]))
    assert names == set(re.findall(r"@phpstan-type (\w+) ", files["php/src/Schemas.php"]))


def test_the_collection_asks_for_each_operation_with_a_body_that_fits(found, files):
    collection = json.loads(files["postman/stockex.postman_collection.json"])
    requests = {}
    for folder in collection["item"]:
        for item in folder["item"]:
            path = item["request"]["url"]["raw"].removeprefix("{{baseUrl}}")
            requests[item["request"]["method"], re.sub(r":(\w+)", r"{\1}", path)] = (folder, item)
    wanted = {
        (method.upper(), path): operation
        for path, methods in found["paths"].items()
        for method, operation in methods.items()
    }
    assert set(requests) == set(wanted)
    assert [one["key"] for one in collection["variable"]] == ["baseUrl", "key"]
    bodies = 0
    for key, operation in wanted.items():
        folder, item = requests[key]
        assert folder["name"] == operation["tags"][0]
        content = operation.get("requestBody", {}).get("content", {})
        if contract.JSON not in content:
            continue
        bodies += 1
        schema = {**content[contract.JSON]["schema"], "components": found["components"]}
        body = json.loads(item["request"]["body"]["raw"])
        jsonschema_rs.validator_for(schema).validate(body)
    assert bodies > 10


# --- Each language takes its files ---


def test_php_reads_every_file():
    for path in sorted((SDK / "php").rglob("*.php")):
        answer = subprocess.run(["php", "-l", path], capture_output=True, text=True, check=False)
        assert answer.returncode == 0, answer.stdout
        assert "No syntax errors" in answer.stdout


def test_node_takes_the_package_by_its_name(tmp_path):
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "stockex-client").symlink_to(SDK / "javascript")
    program = "import { Client, VERSION } from 'stockex-client';"
    program += "console.log(typeof new Client('http://a', 'k').createCount, VERSION);"
    (tmp_path / "a.mjs").write_text(program)

    answer = subprocess.run(
        ["node", tmp_path / "a.mjs"], capture_output=True, text=True, check=False
    )

    version = json.loads((SDK / sdk.GOLDEN).read_text())["info"]["version"]
    assert answer.stdout == f"function {version}\n", answer.stderr


def test_pip_installs_the_python_client_with_its_types(tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    shutil.copytree(SDK / "python", source, ignore=shutil.ignore_patterns("__pycache__"))
    command = [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"),
        *("--no-build-isolation", "--disable-pip-version-check", "--root-user-action=ignore"),
        *("--target", str(target), str(source)),
    ]
    subprocess.run(command, check=True, capture_output=True)
    program = "import stockex_client; print(stockex_client.Client.create_count.__name__)"

    answer = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout == "create_count\n"
    installed = {path.name for path in (target / "stockex_client").iterdir()}
    assert {"py.typed", "operations", "schemas.py"} <= installed
    assert list(target.glob("stockex_client-1.*.dist-info"))

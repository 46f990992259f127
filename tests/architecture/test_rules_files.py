"""Each rule about files catches what it is for, and leaves the rest alone."""

import pytest

from . import files
from .planting import plant
from .tree import GENERATED

CSV = "id,name,model_id:id,group_id:id,perm_read\n"


@pytest.mark.parametrize("name", ["a.py", "static/src/a.js", "views/a.xml"])
def test_a_file_of_301_lines_is_caught_and_one_of_300_is_not(tmp_path, name):
    tree = plant(
        tmp_path,
        {f"stockex/{name}": "#\n" * 301, f"stockex_crm/{name}": "#\n" * 300, "dev/lib/a.py": ""},
    )

    assert files.long_files(tree) == [f"stockex/{name}: 301 lines, 300 are the limit"]


def test_long_tools_are_caught_and_libraries_and_stylesheets_are_not(tmp_path):
    tree = plant(
        tmp_path,
        {
            "dev/lib/a.py": "#\n" * 301,
            "tests/a.py": "#\n" * 301,
            "stockex/static/lib/a.js": "//\n" * 900,
            "dev/node_modules/a/a.js": "//\n" * 900,
            "stockex/static/src/a.scss": "//\n" * 900,
        },
    )

    found = [line.split(":")[0] for line in files.long_files(tree)]

    assert found == ["dev/lib/a.py", "tests/a.py"]


def test_a_long_client_passes_only_if_it_is_generated(tmp_path):
    generated = f"# {GENERATED}\n" + "#\n" * 300
    tree = plant(
        tmp_path,
        {
            "stockex/sdk/python/a.py": generated,
            "stockex/sdk/python/b.py": "#\n" * 301,
            "stockex/models/c.py": generated,
            "dev/sdk/d.py": generated,
        },
    )

    found = [line.split(":")[0] for line in files.long_files(tree)]

    assert found == ["stockex/models/c.py", "stockex/sdk/python/b.py", "dev/sdk/d.py"]


def test_two_test_files_of_one_name_are_caught_within_an_addon_only(tmp_path):
    tree = plant(
        tmp_path,
        {
            "stockex/tests/counting/test_flow.py": "",
            "stockex/pure/tests/test_flow.py": "",
            "stockex/tests/planning/test_plan.py": "",
            "stockex_crm/tests/test_flow.py": "",
        },
    )

    assert files.equal_test_names(tree) == [
        "stockex/pure/tests/test_flow.py and stockex/tests/counting/test_flow.py"
    ]


def test_a_data_file_nobody_lists_is_caught(tmp_path):
    tree = plant(
        tmp_path,
        {
            "stockex/views/counting/a.xml": "<odoo/>",
            "stockex/security/counting/ir.model.access.csv": CSV,
            "stockex/demo/b.xml": "<odoo/>",
            "stockex/wizards/counting/c.xml": "<odoo/>",
            "stockex/static/src/counting/d.xml": "<t/>",
            "stockex/data/neutralize.sql": "",
        },
        stockex={"data": ["views/counting/a.xml"], "demo": ["demo/b.xml"]},
    )

    assert files.unlisted_data(tree) == [
        "stockex/security/counting/ir.model.access.csv: no manifest lists it",
        "stockex/wizards/counting/c.xml: no manifest lists it",
    ]


def test_a_listed_file_that_is_missing_or_listed_twice_is_caught(tmp_path):
    tree = plant(
        tmp_path,
        {"stockex/views/a.xml": "<odoo/>"},
        stockex={"data": ["views/a.xml", "views/gone.xml", "views/a.xml"]},
    )

    assert files.unlisted_data(tree) == [
        "stockex/__manifest__.py: views/gone.xml does not exist",
        "stockex/__manifest__.py: views/a.xml is listed twice",
    ]


def test_a_browser_file_in_no_bundle_is_caught(tmp_path):
    tree = plant(
        tmp_path,
        {
            "stockex/static/src/counting/a.js": "",
            "stockex/static/src/counting/deep/a.scss": "",
            "stockex/static/src/app/b.js": "",
            "stockex/static/src/app/worker.js": "",
            "stockex/static/tests/c.test.js": "",
            "stockex/static/lib/d.js": "",
            "stockex/controllers/app.py": 'WORKER = "worker.js"\n',
        },
        stockex={"assets": {"web.assets_backend": ["stockex/static/src/counting/**/*"]}},
    )

    assert files.unlisted_assets(tree) == [
        "stockex/static/src/app/b.js: in no bundle of `assets`",
        "stockex/static/tests/c.test.js: in no bundle of `assets`",
    ]


def test_the_other_forms_of_an_asset_line_count(tmp_path):
    lines = [
        ["after", "web/static/src/x.js", "stockex/static/src/a.js"],
        ["prepend", "stockex/static/src/b.scss"],
        ["remove", "stockex/static/src/c.js"],
    ]
    tree = plant(
        tmp_path,
        {f"stockex/static/src/{name}": "" for name in ("a.js", "b.scss", "c.js")},
        stockex={"assets": {"web.assets_backend": lines}},
    )

    assert files.unlisted_assets(tree) == ["stockex/static/src/c.js: in no bundle of `assets`"]


def test_two_equal_xml_ids_in_an_addon_are_caught(tmp_path):
    record = "<odoo><record id='{}' model='ir.ui.view'/></odoo>"
    tree = plant(
        tmp_path,
        {
            "stockex/views/a.xml": record.format("same"),
            "stockex/views/b.xml": record.format("stockex.same"),
            "stockex/views/c.xml": record.format("other"),
            "stockex/security/ir.model.access.csv": CSV + "other,x,model_x,,1\n",
            "stockex_crm/views/a.xml": record.format("same"),
            "stockex_crm/views/b.xml": record.format("stockex.same"),
        },
    )

    found = files.equal_xml_ids(tree)

    assert len(found) == 2
    assert {line.split(":")[0] for line in found} == {"same", "other"}


def test_a_menu_and_a_template_share_the_ids_of_records(tmp_path):
    text = "<odoo>\n<menuitem id='x' name='X'/>\n<template id='x'/>\n</odoo>"

    found = files.equal_xml_ids(plant(tmp_path, {"stockex/views/a.xml": text}))

    assert found == ["x: stockex/views/a.xml:2 and stockex/views/a.xml:3"]


def test_a_module_that_no_init_imports_is_caught(tmp_path):
    tree = plant(
        tmp_path,
        {
            "stockex/__init__.py": "from . import models\n",
            "stockex/models/__init__.py": "from . import counting\n",
            "stockex/models/counting/__init__.py": "from . import count_line\n",
            "stockex/models/counting/count_line.py": "from .helper import x\n",
            "stockex/models/counting/helper.py": "x = 1\n",
            "stockex/models/counting/forgotten.py": "x = 1\n",
            "stockex/wizards/__init__.py": "",
            "stockex/wizards/lost.py": "x = 1\n",
            "stockex/pure/counting/a.py": "x = 1\n",
        },
    )

    assert files.unreached_modules(tree) == [
        "stockex/models/counting/forgotten.py:1: no `__init__` leads here",
        "stockex/wizards/lost.py:1: no `__init__` leads here",
    ]


def test_test_modules_that_odoo_would_not_find_are_caught(tmp_path):
    tree = plant(
        tmp_path,
        {
            "stockex/tests/__init__.py": "from .counting import *\nfrom . import planning\n",
            "stockex/tests/counting/__init__.py": "from . import test_found\n",
            "stockex/tests/counting/test_found.py": "",
            "stockex/tests/counting/test_forgotten.py": "",
            "stockex/tests/planning/__init__.py": "from . import test_hidden\n",
            "stockex/tests/planning/test_hidden.py": "",
            "stockex/tests/job/test_no_package.py": "",
            "stockex/pure/tests/test_pytest.py": "",
        },
    )

    assert files.unreached_tests(tree) == [
        "stockex/tests/counting/test_forgotten.py:1: "
        "tests/counting/__init__.py lacks `from . import test_forgotten`",
        "stockex/tests/job/test_no_package.py:1: tests/job/__init__.py is missing",
        "stockex/tests/planning/test_hidden.py:1: "
        "tests/__init__.py lacks `from .planning import *`",
    ]


@pytest.mark.parametrize("base", ["TestCase", "unittest.TestCase"])
def test_a_plain_unittest_is_caught_below_tests_only(tmp_path, base):
    code = f"class TestA({base}):\n    pass\n\n\nclass TestB(TransactionCase):\n    pass\n"
    tree = plant(tmp_path, {"stockex/tests/test_a.py": code, "stockex/pure/tests/test_b.py": code})

    found = files.plain_unittests(tree)

    assert len(found) == 1
    assert found[0].startswith("stockex/tests/test_a.py:1:")

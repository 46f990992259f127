"""Each rule about imports catches what it is for, and leaves the rest alone."""

import pytest

from . import layers
from .planting import plant


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("stockex/models/a.py", "from odoo.addons.stockex_crm.models import x\n"),
        ("stockex/models/a.py", "import odoo.addons.stockex_pricing\n"),
        ("stockex/models/a.py", "from odoo.addons import stockex_marketplace\n"),
        ("stockex/models/a.py", "from ...stockex_crm import x\n"),
        ("stockex_crm/models/a.py", "from odoo.addons.stockex_pricing.pure import x\n"),
        ("stockex_pricing/models/a.py", "from odoo.addons.stockex_crm.pure import x\n"),
        ("stockex_pricing/models/a.py", "def f():\n    import odoo.addons.stockex_mobile_api\n"),
    ],
)
def test_an_import_against_the_arrows_is_caught(tmp_path, path, code):
    found = layers.addon_imports(plant(tmp_path, {path: code}))

    assert len(found) == 1
    assert found[0].startswith(path)


def test_an_import_along_the_arrows_is_fine(tmp_path):
    tree = plant(
        tmp_path,
        {
            "stockex_crm/models/a.py": "from odoo.addons.stockex_marketplace.models import x\n",
            "stockex_mobile_api/models/a.py": "import odoo.addons.stockex_pricing\n",
            "stockex/models/counting/a.py": "from ..setup import x\nfrom ... import const\n",
        },
    )

    assert layers.addon_imports(tree) == []


def test_a_dependency_sideways_is_caught_and_one_downwards_is_not(tmp_path):
    tree = plant(
        tmp_path,
        {},
        stockex_crm={"depends": ["stockex_marketplace", "stockex_pricing", "crm"]},
        stockex={"depends": ["stockex_crm"]},
    )

    assert sorted(layers.addon_depends(tree)) == [
        "stockex/__manifest__.py: depends on stockex_crm",
        "stockex_crm/__manifest__.py: depends on stockex_pricing",
    ]


def test_an_xml_id_or_a_module_of_an_upper_addon_is_caught(tmp_path):
    tree = plant(
        tmp_path,
        {
            "stockex/views/a.xml": "<odoo>\n<field ref='stockex_crm.group_marketing'/></odoo>\n",
            "stockex/static/src/a.js": 'import { x } from "@stockex_crm/counting/x";\n',
            "stockex_crm/views/b.xml": "<odoo><field ref='stockex.group_counter'/></odoo>\n",
        },
    )

    assert layers.addon_references(tree) == [
        "stockex/static/src/a.js:1: refers to stockex_crm",
        "stockex/views/a.xml:2: refers to stockex_crm",
    ]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("stockex/pure/counting/a.py", "from odoo import api\n"),
        ("stockex/pure/counting/a.py", "import requests\n"),
        ("stockex/pure/counting/a.py", "def f():\n    import socket\n"),
        ("stockex/pure/counting/a.py", "from ...models.counting import count_line\n"),
        ("stockex/pure/counting/a.py", "from ... import exceptions\n"),
        ("stockex/pure/counting/a.py", "from stockex.pure.job import progress\n"),
        ("stockex_marketplace/channels/a.py", "import odoo\n"),
        ("stockex_marketplace/channels/a.py", "from ..models.order import x\n"),
        ("stockex_marketplace/carriers/a.py", "from urllib.request import urlopen\n"),
        ("stockex/notifiers/a.py", "import smtplib\n"),
        ("stockex/models/counting/a.py", "from ...controllers import scan\n"),
        ("stockex/models/counting/a.py", "from ...wizards.counting import x\n"),
        ("stockex/wizards/counting/a.py", "from ...reports.counting import x\n"),
        ("stockex/controllers/a.py", "from ..wizards.counting import x\n"),
        ("stockex/models/counting/a.py", "from ...sdk.python import client\n"),
    ],
)
def test_an_import_against_the_folder_table_is_caught(tmp_path, path, code):
    found = layers.folder_table(plant(tmp_path, {path: code}))

    assert len(found) == 1
    assert found[0].startswith(path)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("stockex/pure/counting/a.py", "import math\nimport numpy as np\nfrom ..job import x\n"),
        ("stockex_marketplace/channels/a.py", "from ..pure.order import x\nfrom .base import y\n"),
        ("stockex/models/counting/a.py", "from ...pure.counting import x\nfrom odoo import api\n"),
        ("stockex/models/counting/a.py", "from ... import exceptions\n"),
        ("stockex/controllers/a.py", "from odoo import http\nfrom ..const import X\n"),
    ],
)
def test_an_import_the_folder_table_allows_is_fine(tmp_path, path, code):
    assert layers.folder_table(plant(tmp_path, {path: code})) == []


def test_a_network_client_outside_the_transport_is_caught(tmp_path):
    code = "import requests\n"
    tree = plant(
        tmp_path,
        {
            "stockex/models/counting/a.py": code,
            "stockex/models/transport/a.py": code,
            "stockex/tests/counting/test_a.py": code,
            "stockex/sdk/python/a.py": code,
        },
    )

    assert layers.network_homes(tree) == [
        "stockex/models/counting/a.py:1: requests outside models/transport/"
    ]


def test_a_heavy_import_is_caught_unless_it_is_in_a_function_or_for_types(tmp_path):
    fine = (
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import pandas\n\n\n"
        "def train():\n    from sklearn import linear_model\n"
    )
    tree = plant(
        tmp_path,
        {
            "stockex/pure/forecast/a.py": "import pandas as pd\n",
            "stockex/pure/forecast/b.py": "if True:\n    import scipy.stats\n",
            "stockex/pure/forecast/c.py": fine,
        },
    )

    assert [line.split(":")[0] for line in layers.heavy_imports(tree)] == [
        "stockex/pure/forecast/a.py",
        "stockex/pure/forecast/b.py",
    ]


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import datetime\nx = datetime.now()\n",
        "import datetime\nx = datetime.datetime.utcnow()\n",
        "import datetime as dt\nx = dt.date.today()\n",
        "from datetime import date\ndef f(day=date.today):\n    return day()\n",
        "import time\nx = time.time()\n",
        "from time import monotonic\nx = monotonic()\n",
        "import time\nx = time.gmtime()\n",
        "import random\nx = random.random()\n",
        "from random import choice\nx = choice([1])\n",
        "import random\nx = random.Random()\n",
        "import numpy as np\nx = np.random.default_rng()\n",
        "import numpy as np\nx = np.random.rand(3)\n",
        "from uuid import uuid4\nx = uuid4()\n",
        "import secrets\nx = secrets.token_hex()\n",
        "import os\nx = os.urandom(4)\n",
        "import os\nx = os.environ\n",
        "x = open('a')\n",
        "def f(path):\n    return path.read_text()\n",
    ],
)
def test_the_clock_chance_and_files_are_caught_in_pure_code(tmp_path, code):
    for path in ("stockex/pure/counting/a.py", "stockex_marketplace/channels/a.py"):
        assert layers.calm_code(plant(tmp_path, {path: code}))


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import datetime, timedelta\ndef f(now: datetime):\n    return now.date()\n",
        "from datetime import date\nx = date(2026, 1, 1)\n",
        "import random\ndef f(rng: random.Random):\n    return rng.random()\n",
        "import random\nx = random.Random(7)\n",
        "import numpy as np\nx = np.random.default_rng(7)\ndef f(g: np.random.Generator):\n    g\n",
        "from uuid import UUID, uuid5\nx = UUID(int=0)\n",
        "import time\nx = time.gmtime(0)\n",
        "def f(now, random):\n    return now() + random.random()\n",
    ],
)
def test_what_is_passed_in_is_fine_in_pure_code(tmp_path, code):
    assert layers.calm_code(plant(tmp_path, {"stockex/pure/counting/a.py": code})) == []


def test_models_and_tests_may_read_the_clock(tmp_path):
    code = "from datetime import datetime\nx = datetime.now()\n"
    tree = plant(
        tmp_path,
        {"stockex/models/counting/a.py": code, "stockex/pure/tests/test_a.py": code},
    )

    assert layers.calm_code(tree) == []

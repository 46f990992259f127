"""Each rule about models catches what it is for, and leaves the rest alone."""

import pytest

from . import models
from .planting import plant

ACCESS = "stockex/security/counting/ir.model.access.csv"
CSV = "id,name,model_id:id,group_id:id,perm_read\n"


def _model(body: str, kind: str = "Model") -> str:
    indented = "".join(f"    {line}\n" for line in body.splitlines())
    return f"from odoo import api, fields, models\n\n\nclass A(models.{kind}):\n{indented}"


def _planted(tmp_path, body: str, kind: str = "Model"):
    return plant(tmp_path, {"stockex/models/counting/a.py": _model(body, kind)})


@pytest.mark.parametrize("kind", ["Model", "TransientModel"])
def test_a_model_without_access_lines_is_caught(tmp_path, kind):
    found = models.models_without_access(_planted(tmp_path, '_name = "stockex.a"', kind))

    assert found == ["stockex/models/counting/a.py:4: stockex.a has no line in ir.model.access.csv"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('_name = "stockex.listed"', "Model"),
        ('_name = "stockex.mixin"', "AbstractModel"),
        ('_inherit = "stock.quant"', "Model"),
        ('_name = "stock.quant"\n_inherit = ["stock.quant", "mail.thread"]', "Model"),
    ],
)
def test_listed_abstract_and_extended_models_need_no_more(tmp_path, body, kind):
    tree = plant(
        tmp_path,
        {
            "stockex/models/counting/a.py": _model(body, kind),
            ACCESS: CSV + "x,x,model_stockex_listed,,1\n",
        },
    )

    assert models.models_without_access(tree) == []


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ('if "x.y" in self.env:\n    pass\n', 1),
        ('x = "x.y" not in record.env\n', 1),
        ('x = "x.y" in env.registry\n', 1),
        ('x = "a" in self.env.context\n', 0),
        ("x = key in self.env\n", 0),
        ('x = "a" in environment\n', 0),
    ],
)
def test_asking_whether_a_model_exists_is_caught(tmp_path, code, count):
    assert len(models.optional_models(plant(tmp_path, {"stockex/a.py": code}))) == count


@pytest.mark.parametrize(
    "method",
    [
        "def validate(self):\n    self.sudo().write({})",
        "@api.model\ndef scan(self, code):\n    return code",
        "def validate(self):  # rpc\n    pass",
        "# open to everyone\ndef validate(self):\n    pass",
    ],
)
def test_a_public_method_is_caught(tmp_path, method):
    found = models.public_methods(_planted(tmp_path, method))

    assert len(found) == 1
    assert "is open to RPC" in found[0]


@pytest.mark.parametrize(
    "method",
    [
        "def action_validate(self):\n    pass",
        "def _validate(self):\n    pass",
        "def create(self, vals_list):\n    pass",
        "def button_validate(self):\n    return super().button_validate()",
        "@api.private\ndef validate(self):\n    pass",
        "def validate(self):  # rpc: the handheld calls it\n    pass",
        "# rpc: the handheld calls it\n@api.model\ndef scan(self, code):\n    pass",
    ],
)
def test_buttons_overrides_and_explained_methods_are_fine(tmp_path, method):
    assert models.public_methods(_planted(tmp_path, method)) == []


def test_a_public_method_outside_a_model_is_fine(tmp_path):
    code = "class A:\n    def run(self):\n        pass\n"

    assert models.public_methods(plant(tmp_path, {"stockex/models/a.py": code})) == []


def test_the_constraints_that_odoo_ignores_are_caught(tmp_path):
    body = '_sql_constraints = [("a", "CHECK (true)", "b")]'

    assert len(models.old_constraints(_planted(tmp_path, body))) == 1
    assert models.old_constraints(_planted(tmp_path, '_a = models.Constraint("x")')) == []


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("quants = self.sudo()", 1),
        ('quants = self.env["stock.quant"].sudo().search([])', 1),
        ("quants = self.sudo().with_context(x=1).browse(1)", 1),
        ("quants_sudo = self.sudo()", 0),
        ("count = self.sudo().search_count([])", 0),
        ("name = self.sudo().name", 0),
        ("quants = self.sudo(False)", 0),
    ],
)
def test_a_result_of_sudo_without_its_name_is_caught(tmp_path, line, count):
    assert len(models.sudo_names(_planted(tmp_path, line))) == count


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("a_sudo = self.sudo()", 1),
        ("x = 1\nfor a_sudo in self.sudo():\n    pass  # a note inside", 1),
        ("return_value = f(\n    self.sudo(),\n)", 1),
        ("# Safe: reads a name.\na_sudo = self.sudo()", 0),
        ("a_sudo = self.sudo()  # safe: reads a name", 0),
        ("# Safe.\nfor a_sudo in self.sudo():\n    pass", 0),
        ("a = self.sudo(False)", 0),
    ],
)
def test_a_sudo_without_its_reason_is_caught(tmp_path, body, count):
    assert len(models.sudo_reasons(_planted(tmp_path, body))) == count


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("last_counted = fields.Date()", 1),
        ("stockex_last_counted = fields.Date()", 0),
        ('state = fields.Selection(selection_add=[("x", "X")])', 0),
        ("name = fields.Char(tracking=True)  # overrides Odoo's", 0),
    ],
)
def test_a_field_on_odoos_model_without_our_prefix_is_caught(tmp_path, line, count):
    found = models.foreign_fields(_planted(tmp_path, f'_inherit = "stock.quant"\n{line}'))

    assert len(found) == count


def test_fields_of_our_own_models_need_no_prefix(tmp_path):
    for head in ('_name = "stockex.a"', '_inherit = "stockex.a"'):
        assert models.foreign_fields(_planted(tmp_path, f"{head}\nx = fields.Date()")) == []


def test_a_dependency_the_suite_does_not_accept_is_caught(tmp_path):
    tree = plant(tmp_path, {}, stockex={"depends": ["stock", "auth_api_key"]})

    assert models.banned_depends(tree) == ["stockex/__manifest__.py: auth_api_key is not used"]


def test_a_function_of_41_lines_is_caught_and_its_docstring_does_not_count(tmp_path):
    body = "    x = 1\n"
    docstring = '    """A.\n\n    B.\n    """\n'
    tree = plant(
        tmp_path,
        {
            "stockex/a.py": "def f():\n" + body * 40,
            "stockex/b.py": "def f():\n" + docstring + body * 39,
            "dev/lib/c.py": "async def g():\n" + body * 40,
        },
    )

    assert models.long_functions(tree) == [
        "stockex/a.py:1: f() has 41 lines",
        "dev/lib/c.py:1: g() has 41 lines",
    ]

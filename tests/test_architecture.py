"""The rules of the house hold in this checkout; `tests/architecture` shows that they bite."""

from pathlib import Path

import pytest

from .architecture import files, layers, models
from .architecture.tree import Tree


@pytest.fixture(scope="module")
def tree() -> Tree:
    return Tree(Path(__file__).resolve().parents[1])


def _nothing(found: list[str]) -> None:
    assert not found, "\n" + "\n".join(found)


def test_the_suite_has_its_five_addons(tree):
    assert len(tree.addons) == 5


def test_no_addon_imports_one_that_is_not_below(tree):
    _nothing(layers.addon_imports(tree))


def test_no_manifest_depends_upwards_or_sideways(tree):
    _nothing(layers.addon_depends(tree))


def test_no_xml_or_javascript_names_an_addon_that_is_not_below(tree):
    _nothing(layers.addon_references(tree))


def test_each_folder_imports_only_what_its_table_allows(tree):
    _nothing(layers.folder_table(tree))


def test_only_the_transport_opens_the_network(tree):
    _nothing(layers.network_homes(tree))


def test_heavy_libraries_load_inside_the_function_that_needs_them(tree):
    _nothing(layers.heavy_imports(tree))


def test_pure_code_and_adapters_use_no_clock_no_chance_and_no_files(tree):
    _nothing(layers.calm_code(tree))


def test_no_hand_written_file_is_too_long(tree):
    _nothing(files.long_files(tree))


def test_each_test_file_has_a_name_of_its_own_in_its_addon(tree):
    _nothing(files.equal_test_names(tree))


def test_each_data_file_is_listed_and_each_listed_file_exists(tree):
    _nothing(files.unlisted_data(tree))


def test_each_browser_file_is_in_a_bundle(tree):
    _nothing(files.unlisted_assets(tree))


def test_each_xml_id_stands_once_in_its_addon(tree):
    _nothing(files.equal_xml_ids(tree))


def test_importing_the_addon_reaches_each_of_its_modules(tree):
    _nothing(files.unreached_modules(tree))


def test_odoo_finds_each_test_module(tree):
    _nothing(files.unreached_tests(tree))


def test_no_test_is_a_plain_unittest_that_odoo_skips(tree):
    _nothing(files.plain_unittests(tree))


def test_each_model_has_its_access_lines(tree):
    _nothing(models.models_without_access(tree))


def test_no_code_asks_whether_a_model_exists(tree):
    _nothing(models.optional_models(tree))


def test_each_public_method_is_a_button_an_override_or_says_why(tree):
    _nothing(models.public_methods(tree))


def test_no_constraint_is_written_in_the_form_odoo_ignores(tree):
    _nothing(models.old_constraints(tree))


def test_the_result_of_sudo_says_so_in_its_name(tree):
    _nothing(models.sudo_names(tree))


def test_each_sudo_has_a_comment_on_why_it_is_safe(tree):
    _nothing(models.sudo_reasons(tree))


def test_fields_on_odoos_models_carry_our_prefix(tree):
    _nothing(models.foreign_fields(tree))


def test_no_addon_depends_on_what_the_suite_does_not_accept(tree):
    _nothing(models.banned_depends(tree))


def test_no_function_is_too_long(tree):
    _nothing(models.long_functions(tree))

import pytest

from dev.lib import databases
from dev.lib.tenant import name_problem


@pytest.mark.parametrize("name", ["acme", "acme_2", "ab"])
def test_a_plain_name_will_do(name):
    assert name_problem(name) is None


@pytest.mark.parametrize(
    "name",
    ["", "a", "Acme", "2acme", "acme-fr", "acme.fr", "a" * 42, "a b", "x;drop", "acme\n"],
)
def test_an_unusable_name_is_refused(name):
    assert name_problem(name)


@pytest.mark.parametrize("name", ["postgres", "template1", "stockex_demo", "stockex_x", "pg_x"])
def test_a_reserved_name_is_refused(name):
    assert "reserved" in name_problem(name)


@pytest.mark.parametrize(
    "name",
    [
        "stockex_test__building",
        "stockex_test_r123",
        "stockex_test_r123-gw1",
        "stockex_demo_s12_3",
    ],
)
def test_a_copy_that_a_run_left_behind_is_recognised(name):
    assert databases.COPY_PATTERN.match(name)


def test_a_copy_names_the_run_that_made_it():
    assert databases.COPY_PATTERN.match("stockex_test_s123_4")["pid"] == "123"
    assert databases.COPY_PATTERN.match("stockex_test_r123-gw1")["pid"] == "123"
    assert databases.COPY_PATTERN.match("stockex_demo__building")["pid"] is None


@pytest.mark.parametrize("name", ["acme", "stockex_tests", "stockex_testing_r1", "my_stockex_test"])
def test_a_database_of_another_name_is_not_taken_for_a_copy(name):
    assert not databases.COPY_PATTERN.match(name)

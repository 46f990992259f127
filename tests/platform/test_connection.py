from pathlib import Path

import pytest

from dev.lib.connection import identifier, literal, outside_server, parse_database_url
from dev.lib.say import Failure

SOCKETS = Path("/tmp/stockex-pg-12345678")


def test_a_full_address_becomes_the_usual_variables():
    values, database = parse_database_url(
        "postgresql://anna:p%40ss@db.example:5433/main?sslmode=require"
    )

    assert values == {
        "PGHOST": "db.example",
        "PGPORT": "5433",
        "PGUSER": "anna",
        "PGPASSWORD": "p@ss",
        "PGSSLMODE": "require",
    }
    assert database == "main"


def test_a_socket_folder_may_stand_for_the_host():
    values, database = parse_database_url("postgres:///?host=/run/postgresql&user=anna")

    assert values == {"PGHOST": "/run/postgresql", "PGUSER": "anna"}
    assert database == "postgres"


@pytest.mark.parametrize("url", ["mysql://x/y", "db.example", "postgresql://x:port/y"])
def test_an_address_of_something_else_is_refused_with_an_example(url):
    with pytest.raises(Failure) as caught:
        outside_server({"DATABASE_URL": url}, SOCKETS)

    assert "DATABASE_URL=postgresql://" in caught.value.todo


def test_without_variables_the_server_is_our_own():
    assert outside_server({}, SOCKETS) is None
    assert outside_server({"PGUSER": "anna"}, SOCKETS) is None


def test_our_own_socket_in_the_environment_is_not_an_outside_server():
    assert outside_server({"PGHOST": str(SOCKETS), "PGUSER": "odoo"}, SOCKETS) is None


def test_the_usual_variables_name_an_outside_server():
    found = outside_server({"PGHOST": "db.example", "PGPASSWORD": "s", "PGDATABASE": "m"}, SOCKETS)

    assert found is not None
    assert found.env == {"PGHOST": "db.example", "PGPASSWORD": "s"}
    assert (found.private, found.maintenance) == (False, "m")


def test_the_address_wins_over_the_variables():
    found = outside_server({"DATABASE_URL": "postgresql://a", "PGHOST": "b"}, SOCKETS)

    assert found is not None
    assert found.env == {"PGHOST": "a"}


def test_the_environment_of_a_process_carries_this_server_and_no_other(monkeypatch):
    monkeypatch.setenv("PGDATABASE", "stray")
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("ODOO_RC", "/etc/odoo.conf")
    found = outside_server({"PGHOST": "db.example"}, SOCKETS)

    env = found.environment()

    assert env["PGHOST"] == "db.example"
    assert not {"PGDATABASE", "PGPORT", "ODOO_RC"} & set(env)


def test_texts_and_names_are_quoted():
    assert literal("l'été") == "'l''été'"
    assert identifier('a"b') == '"a""b"'

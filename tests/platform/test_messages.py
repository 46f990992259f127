import pytest

from dev.lib import cluster, odoo_conf, serve, shell, system
from dev.lib.odoo_source import version_of
from dev.lib.say import Failure, duration, failure_text


def test_a_failure_says_what_happened_and_what_to_do():
    assert failure_text("It broke.\nReally.", "Mend it.") == "✗ It broke.\n  Really.\n→ Mend it."
    assert failure_text("It broke.", "") == "✗ It broke."


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.44, "0.4 s"), (12.4, "12 s"), (185, "3 min 05 s"), (59.6, "1 min 00 s")],
)
def test_a_duration_reads_well(seconds, text):
    assert duration(seconds) == text


def test_an_ordinary_user_is_told_one_line_for_all_missing_packages(monkeypatch):
    absent = [system.Need("chromium", lambda: False), system.Need("npm", lambda: False)]
    monkeypatch.setattr(system, "needs", lambda private: absent)
    monkeypatch.setattr(system.os, "geteuid", lambda: 1000)

    with pytest.raises(Failure) as caught:
        system.ensure(private_server=True)

    wanted = "sudo apt-get install -y --no-install-recommends chromium npm"
    assert caught.value.todo == f"Once, run:\n{wanted}"


def test_nothing_is_installed_when_nothing_is_missing(monkeypatch):
    present = [system.Need("chromium", lambda: True)]
    monkeypatch.setattr(system, "needs", lambda private: present)
    monkeypatch.setattr(system, "run", lambda *a, **k: pytest.fail("apt was called"))

    system.ensure(private_server=True)


def test_a_server_of_ones_own_needs_no_postgresql_package():
    names = [need.package for need in system.needs(private_server=False)]

    assert "postgresql" not in names
    assert "postgresql-client" in names


def test_a_failed_program_shows_its_last_lines_and_the_log(tmp_path):
    log = tmp_path / "step.log"
    log.write_text("an older run\n")

    with pytest.raises(Failure) as caught:
        shell.run(["sh", "-c", "echo one; echo two >&2; exit 3"], log=log, what="The step failed")

    assert caught.value.what == "The step failed (exit code 3).\none\ntwo"
    assert str(log) in caught.value.todo


def test_a_program_that_is_absent_is_named(tmp_path):
    with pytest.raises(Failure, match="no-such-program was not found"):
        shell.run(["no-such-program"], log=tmp_path / "log", what="The step failed")


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(monkeypatch, port):
    monkeypatch.setenv("PORT", port)

    with pytest.raises(Failure, match="is not a port"):
        serve.wanted_port()


def test_a_port_in_use_is_refused_with_another_one(monkeypatch):
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(Failure) as caught:
            serve.check_port(port)

    assert f"PORT={port + 1}" in caught.value.todo


def test_only_odoos_own_version_counts():
    assert version_of("RELEASE = 1\nversion_info = (19, 0, 0, FINAL, 0, '')\n") == (19, 0)
    assert version_of("version = '19.0'") is None


def test_the_configuration_keeps_to_this_machine_and_hides_the_database_manager():
    values = odoo_conf.options("shop", 8070, {"PGHOST": "/sockets", "PGUSER": "odoo"})
    text = odoo_conf.render(values)

    assert "dbfilter = ^shop$" in text
    assert "list_db = False" in text
    assert "http_interface = 127.0.0.1" in text
    assert "db_host = /sockets" in text
    assert "limit_time_real = 0" in text
    assert text.endswith(
        "[queue_job]\nchannels = root:2\nscheme = http\nhost = 127.0.0.1\nport = 8070\n"
    )


def test_with_workers_the_limits_are_odoos_own():
    assert "limit_time_real" not in odoo_conf.options("shop", 8070, {}, workers=2)


def test_the_private_server_listens_on_no_network():
    assert "listen_addresses = ''" in cluster.SETTINGS

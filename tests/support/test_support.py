"""The tools of the other tests, tried on a real server."""

import pytest

from .browser import Chromium
from .rpc import Rpc, RpcError
from .server import Server


def test_a_user_reads_and_is_refused_over_rpc(server: Server):
    admin = Rpc(server.url, server.db, "admin", "admin")

    assert admin.call("res.users", "read", [admin.uid], ["login"])[0]["login"] == "admin"
    with pytest.raises(RpcError) as caught:
        admin.call("res.users", "_read_group", [])
    assert caught.value.name == "odoo.exceptions.AccessError"
    with pytest.raises(RpcError):
        Rpc(server.url, server.db, "admin", "wrong")


def test_a_person_logs_in_in_french_without_a_console_error(server: Server, chromium: Chromium):
    page = chromium.page("admin", lang="fr_FR", path="/odoo/settings")

    page.locator(".o_setting_container").wait_for()

    assert page.get_by_role("button", name="Enregistrer").count() == 1


def test_a_killed_server_starts_again_on_its_data():
    with Server(channels="root:0") as server:
        admin = Rpc(server.url, server.db, "admin", "admin")
        partner = admin.call("res.partner", "create", {"name": "Survivor"})

        server.kill()
        server.start()

        again = Rpc(server.url, server.db, "admin", "admin")
        assert again.call("res.partner", "read", [partner], ["name"])[0]["name"] == "Survivor"

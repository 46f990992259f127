"""A short demo story on a real database: what it writes must add up."""

import pytest

from .copies import copy_of_test_database

WEEKS = 12
# What done moves brought to each place and took from it, against what Odoo says lies there.
UNBALANCED = """
    SELECT COUNT(*) FROM (
        SELECT product_id, location_id, lot_id, package_id, owner_id, SUM(quantity) AS total
          FROM (
            SELECT product_id, location_dest_id AS location_id, lot_id,
                   result_package_id AS package_id, owner_id, quantity_product_uom AS quantity
              FROM stock_move_line WHERE state = 'done'
         UNION ALL
            SELECT product_id, location_id, lot_id, package_id, owner_id, -quantity_product_uom
              FROM stock_move_line WHERE state = 'done'
         UNION ALL
            SELECT product_id, location_id, lot_id, package_id, owner_id, -quantity
              FROM stock_quant) changes
      GROUP BY 1, 2, 3, 4, 5
        HAVING ABS(SUM(quantity)) > 0.000001) wrong"""
NEGATIVE = """
    SELECT COUNT(*) FROM stock_quant q JOIN stock_location l ON l.id = q.location_id
     WHERE l.usage = 'internal' AND q.quantity < 0"""
FUTURE = "SELECT COUNT(*) FROM stock_move WHERE state = 'done' AND date > now() AT TIME ZONE 'UTC'"
SCRIPT = f"""
from dev.demo_load import load
rows = load(env, logins=None, weeks={WEEKS})
def one(query):
    env.cr.execute(query)
    return env.cr.fetchone()[0]
answer["unbalanced"] = one({UNBALANCED!r})
answer["negative"] = one({NEGATIVE!r})
answer["future"] = one({FUTURE!r})
answer["mails"] = one("SELECT COUNT(*) FROM mail_mail")
answer["logins"] = [row[0] for row in rows]
answer["companies"] = sorted(env["res.company"].search([]).mapped(
    lambda company: [company.currency_id.name, company.chart_template]))
answer["methods"] = sorted(set(env["product.category"].search([("parent_id", "!=", False)]).mapped(
    "property_cost_method")))
answer["warehouses"] = env["stock.warehouse"].search_count([])
answer["products"] = env["product.product"].search_count([("is_storable", "=", True)])
answer["pictures"] = env["product.template"].search_count(
    [("image_1920", "!=", False), ("is_storable", "=", True)])
answer["sessions"] = sorted(env["stockex.count.session"].search([]).mapped("state"))
answer["failed"] = env["stockex.count.line"].search_count([("state", "=", "failed")])
answer["told"] = one("SELECT array_agg(DISTINCT state ORDER BY state) FROM stockex_notification")
answer["held"] = sorted(set(
    env["stockex.notification"].search([("state", "=", "waiting")]).mapped("user_id.login")))
answer["digests"] = sorted(env["stockex.notify.digest"].search([]).mapped("state"))
answer["waits"] = sorted(set(env["stockex.escalation"].search([]).mapped("state")))
answer["calls"] = sorted(set(env["stockex.transport.call"].search([]).mapped("state")))
answer["tries"] = env["stockex.transport.call"].search([("state", "=", "dead")]).mapped("attempts")
answer["left"] = one("SELECT COUNT(*) FROM stockex_notify_pending")
answer["late"] = one("SELECT COUNT(*) FROM stockex_transport_attempt WHERE time > now()")
answer["keys"] = sorted(env["stockex.api.key"].search([]).mapped("state"))
answer["requests"] = one("SELECT COUNT(*) FROM stockex_api_request")
answer["access"] = env["stockex.api.session"].search([]).mapped("user_id.login")
answer["handhelds"] = sorted(
    [one.name, one.state, one.queue_waiting, one.is_stuck]
    for one in env["stockex.sync.device"].search([]))
env.cr.execute("SELECT status, COUNT(*) FROM stockex_sync_operation GROUP BY 1")
answer["operations"] = dict(env.cr.fetchall())
answer["undecided"] = env["stockex.sync.operation"].search_count(
    [("status", "!=", "applied"), ("resolution", "=", False)])
walker = env["res.users"].search([("login", "=", "controller")])
device = env["stockex.sync.device"].search([("name", "=", "Zebra TC22 n° 1")])
params = device.with_user(walker).action_open_route()["params"]
route = env["stockex.sync.route"].with_user(walker).route(params["user_id"], params["day"])
answer["route"] = dict(route["totals"], positions=len(route["positions"]))
answer["handheld_events"] = sorted(
    env["stockex.event"].search([("name", "=like", "handheld.%")]).mapped("name"))
answer["months"] = one("SELECT COUNT(DISTINCT date_trunc('week', date)) FROM stock_move")
"""


@pytest.fixture(scope="module")
def told():
    with copy_of_test_database("story") as copy:
        copy.install(("l10n_fr", "l10n_fr_account", "l10n_ma"))
        yield copy.run(SCRIPT)


def test_quants_are_the_sum_of_done_moves_in_every_place(told):
    assert told["unbalanced"] == 0


def test_only_the_shortages_made_on_purpose_are_negative(told):
    assert told["negative"] <= 4


def test_nothing_happens_in_the_future_and_nobody_is_written_to(told):
    assert told["future"] == 0
    assert told["mails"] == 0
    assert told["months"] >= WEEKS


def test_two_companies_have_their_charts_and_three_warehouses(told):
    assert told["companies"] == [["EUR", "fr"], ["MAD", "ma"]]
    assert told["warehouses"] == 3
    assert told["methods"] == ["average", "fifo", "standard"]
    assert told["products"] == told["pictures"] > 580


def test_there_is_a_login_for_every_role_installed(told):
    assert {"admin", "counter", "counter3", "controller", "approver", "counter.ma"} <= set(
        told["logins"]
    )


def test_counts_are_in_every_stage_and_none_failed_to_post(told):
    assert {"draft", "counting", "review", "done"} <= set(told["sessions"])
    assert told["failed"] == 0


def test_people_were_told_and_nothing_is_left_to_send(told):
    assert [state for state in told["told"] if state != "waiting"] == [
        *("digest", "failed", "sent", "skipped")
    ]
    # What handhelds tell of today waits for the morning, if the story ends in quiet hours.
    assert told["held"] in ([], ["controller"])
    assert told["digests"] == ["sent"]
    assert told["waits"] == ["answered", "waiting"]
    assert told["calls"] == ["dead", "done"]
    assert told["tries"] == [10]
    assert told["left"] == told["late"] == 0


def test_programs_have_keys_and_asked_for_a_fortnight(told):
    assert told["keys"] == ["active", "active", "revoked"]
    assert told["access"] == ["controller"]
    assert told["requests"] > 150


def test_handhelds_are_in_every_state_and_somebody_walked_with_one(told):
    assert told["handhelds"] == [
        ["Honeywell CT30", "active", 2, False],
        ["Tablette du bureau", "active", 0, False],
        ["Téléphone d’Amina", "active", 7, True],
        ["Zebra TC22 n° 1", "active", 0, False],
        ["Zebra TC22 n° 2", "active", 0, False],
        ["Zebra TC22 n° 3 (perdu)", "revoked", 0, False],
    ]
    assert (told["operations"]["conflict"], told["operations"]["rejected"]) == (2, 1)
    assert told["undecided"] == 3
    assert told["handheld_events"] == [
        "handheld.conflict_found",
        "handheld.queue_stuck",
        "handheld.revoked",
    ]
    route = told["route"]
    assert route["lines"] == route["entries"] == route["positions"] > 30
    assert route["locations"] >= 10
    assert route["per_hour"] > 30

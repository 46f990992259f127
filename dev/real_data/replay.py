"""Replay the shop's stock corrections as counts, and compare every product with the ledger.

A month's corrections are one session over the warehouse: each corrected product is counted at
its book plus the sum of its corrections, or at zero where that would be less. The ledger caps
at the same moments, so the two must agree for every product.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from . import FOLDER
from .ledger import after_corrections, correct, read_corrections
from .loader import Shop

_NAMESPACE = uuid.UUID("6f1c3a9e-64d1-4f3e-9d56-0d1f7f3a2b10")


@dataclass
class Summary:
    """What a replay did; `mismatches` are (code, posted, ledger)."""

    sessions: int = 0
    lines: int = 0
    entries: int = 0
    differing: int = 0
    posted: int = 0
    capped: int = 0
    left_out: int = 0
    products: int = 0
    mismatches: tuple = ()
    seconds: float = 0.0

    def __str__(self) -> str:
        return (
            f"{self.sessions} sessions, {self.lines} lines, {self.entries} entries, "
            f"{self.differing} differing, {self.posted} posted, {self.capped} capped at zero, "
            f"{self.left_out} rows of no product left out; "
            f"{self.products} products compared, {len(self.mismatches)} mismatches, "
            f"{self.seconds:.0f} s"
        )


def replay(env, shop: Shop, folder: Path | str = FOLDER) -> Summary:
    """Run every month through a session and assert that stock equals the ledger.

    :raise AssertionError: naming the products whose stock differs.
    """
    began = time.monotonic()
    env = shop.company.env(context={**shop.company.env.context, "queue_job__no_delay": True})
    months, left_out = read_corrections(Path(folder), set(shop.products))
    summary = Summary(left_out=left_out)
    people = _create_people(env, shop)
    stock = {item.code: item.opening for item in shop.items}
    for month, corrections in months.items():
        counts = {code: correct(stock[code], change) for code, change in corrections.items()}
        summary.capped += sum(stock[code] + corrections[code] < 0 for code in corrections)
        stock.update(counts)
        _run_session(env, shop, people, month, counts, summary)
    _compare(env, shop, after_corrections(shop.items, months), summary)
    summary.seconds = time.monotonic() - began
    print(summary)
    assert not summary.mismatches, summary.mismatches[:20]
    return summary


def _create_people(env, shop: Shop) -> tuple:
    """Return a controller and an approver of the shop."""
    roles = {"controller": "stockex.group_controller", "approver": "stockex.group_approver"}
    users = env["res.users"].with_context(no_reset_password=True).create(
        [
            {"name": f"Replay {role}", "login": f"replay.{role}",
             "company_id": shop.company.id, "company_ids": [(6, 0, shop.company.ids)],
             "group_ids": [(6, 0, [env.ref("base.group_user").id, env.ref(group).id])]}
            for role, group in roles.items()
        ]
    )  # fmt: skip
    return users[0], users[1]


def _run_session(env, shop: Shop, people: tuple, month: str, counts: dict, summary) -> None:
    """Count a month's products, approve and post; add the session to the summary."""
    controller, approver = people
    session = env["stockex.count.session"].with_user(controller).create(
        {
            "title": f"Corrections of {month}",
            "company_id": shop.company.id,
            "scope": "locations",
            "location_ids": [(6, 0, shop.warehouse.lot_stock_id.ids)],
        }
    )  # fmt: skip
    session.action_start()
    location = shop.warehouse.lot_stock_id.id
    session._record_entries(
        [
            {"product_id": shop.products[code], "location_id": location,
             "quantity": float(quantity), "uuid": str(uuid.uuid5(_NAMESPACE, f"{month} {code}"))}
            for code, quantity in counts.items()
        ]
    )  # fmt: skip
    session.action_review()
    reason = env.ref("stockex.count_reason_miscount")
    session.line_ids.filtered("difference").reason_id = reason
    session.with_user(approver).action_approve()
    session.action_post()
    session_sudo = session.sudo()
    session_sudo.invalidate_recordset()
    if session_sudo.state != "done":
        raise AssertionError(f"{month}: the session is {session_sudo.state}, not done")
    summary.sessions += 1
    summary.lines += session_sudo.line_count
    summary.entries += len(counts)
    summary.differing += session_sudo.different_count
    summary.posted += session_sudo.posted_count
    env.flush_all()
    env.invalidate_all()


def _compare(env, shop: Shop, ledger: dict[str, int], summary: Summary) -> None:
    """Compare the posted stock of every product with the ledger's arithmetic."""
    env.flush_all()
    groups = env["stock.quant"]._read_group(
        [("location_id", "child_of", shop.warehouse.view_location_id.id)],
        ["product_id"],
        ["quantity:sum"],
    )
    posted = {product.id: quantity for product, quantity in groups}
    summary.products = len(shop.products)
    summary.mismatches = tuple(
        (code, posted.get(product, 0.0), ledger[code])
        for code, product in shop.products.items()
        if round(posted.get(product, 0.0) - ledger[code], 6)
    )

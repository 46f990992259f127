"""A count file of ours on its way: chosen, checked and imported, each chunk as a job."""

import base64
from io import BytesIO
from typing import Any

from odoo.orm.environments import Environment
from odoo.tools import SQL

from ..count.ours import _run_next_job
from ..meter import Meter
from ..worker import Odoo

HEAD = ("Product code", "Location", "Quantity")
# A tenth of the lines is unexpected: the recorder has to make them.
UNEXPECTED = 10


def whole(odoo: Odoo, *, rows: int) -> dict[str, Any]:
    """Import a workbook of so many rows into a started count of the zone."""
    meter = Meter()
    session, data = _prepare(odoo, rows)
    with meter.phase("check"):
        with odoo.transaction("admin") as env:
            record = _upload(env, session, data)
            record.action_check()
            number = record.id
        _work(odoo)
    with meter.phase("import"):
        with odoo.transaction("admin") as env:
            env["stockex.import"].browse(number).action_import()
        _work(odoo)
    _assert_complete(odoo, number, rows)
    with meter.phase("result"), odoo.transaction("admin") as env:
        env["stockex.document.import"]._build(env["stockex.import"].browse(number))
    return meter.plain()


def documents(odoo: Odoo, *, lines: int, printed: int) -> dict[str, Any]:
    """Write the lines of a large count to Excel, and the report of a small one to PDF."""
    meter = Meter()
    with odoo.transaction("admin") as env:
        sessions = _started(env, "Zone"), _printed(env, printed)
        ids = [session.id for session in sessions]
        assert len(sessions[0].line_ids) == lines
    for _ in ("warm", "measured"):
        with meter.phase("excel"), odoo.transaction("admin") as env:
            sessions = env["stockex.count.session"].browse(ids[0])
            env["stockex.document.count.workbook"]._build(sessions)
        with meter.phase("pdf"), odoo.transaction("admin") as env:
            env["ir.actions.report"]._render_qweb_pdf("stockex.count_report", [ids[1]])
        with meter.phase("sheet"), odoo.transaction("admin") as env:
            reports = env["ir.actions.report"]
            reports._render_qweb_pdf("stockex.count_sheet", [ids[1]])
    return meter.plain()


def _started(env: Environment, zone: str) -> Any:
    location = env["stock.location"].search([("name", "=", zone)])
    session = env["stockex.count.session"].create(
        {"scope": "locations", "location_ids": location.ids, "allow_overlap": True}
    )
    session.action_start()
    return session


def _printed(env: Environment, count: int) -> Any:
    """Start a count of so many lines, each of which differs."""
    location = env["stock.location"].search([("name", "=", "B000")])
    session = env["stockex.count.session"].create(
        {"scope": "locations", "location_ids": location.ids, "allow_overlap": True}
    )
    session.action_start()
    products = env["product.product"].search([("default_code", "=like", "B%")], limit=count)
    session._record_entries(
        [
            {
                "product_id": product.id,
                "location_id": location.id,
                "quantity": 3.0,
                "uuid": f"printed-{product.id}",
            }
            for product in products
        ]
    )
    session.action_review()
    return session


def _prepare(odoo: Odoo, rows: int) -> tuple[int, bytes]:
    """Start the count, and write its file: nine rows of lines, one unexpected, in turns."""
    from openpyxl import Workbook

    with odoo.transaction("admin") as env:
        session = _started(env, "Zone")
        expected = rows - rows // UNEXPECTED
        found = env.execute_query(
            SQL(
                """SELECT product.default_code, location.complete_name, 24
                     FROM stockex_count_line line
                     JOIN product_product product ON product.id = line.product_id
                     JOIN stock_location location ON location.id = line.location_id
                    WHERE line.session_id = %s ORDER BY line.id LIMIT %s""",
                session.id,
                expected,
            )
        )
        found += env.execute_query(
            SQL(
                """SELECT product.default_code, location.complete_name, 1
                     FROM product_product product, stock_location location
                    WHERE product.default_code LIKE 'B%%%%' AND location.name LIKE 'B0%%%%'
                      AND NOT EXISTS (SELECT 1 FROM stock_quant quant
                                       WHERE quant.product_id = product.id
                                         AND quant.location_id = location.id)
                 ORDER BY product.id, location.id LIMIT %s""",
                rows - expected,
            )
        )
        number = session.id
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in (HEAD, *found):
        sheet.append(row)
    target = BytesIO()
    workbook.save(target)
    assert len(found) == rows, len(found)
    return number, target.getvalue()


def _upload(env: Environment, session: int, data: bytes) -> Any:
    return env["stockex.import"].create(
        {"session_id": session, "file": base64.b64encode(data), "filename": "bench.xlsx"}
    )


def _work(odoo: Odoo) -> None:
    while _run_next_job(odoo):
        pass


def _assert_complete(odoo: Odoo, number: int, rows: int) -> None:
    with odoo.transaction() as env:
        record = env["stockex.import"].browse(number)
        if record.state != "done" or record.imported_count != rows:
            raise AssertionError(
                f"state {record.state}, {record.imported_count} of {rows} rows: "
                f"{record.failure or record.reasons}"
            )

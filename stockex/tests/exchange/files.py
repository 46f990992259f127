"""Count files as people make them, and an import of them."""

import base64
import uuid
from io import BytesIO

from openpyxl import Workbook, load_workbook

HEAD = ("Product code", "Location", "Lot", "Counted quantity")


def xlsx(rows, head=HEAD, change=None):
    """Write a workbook.

    :param change: called with the workbook and its sheet before it is saved.
    """
    workbook = Workbook()
    sheet = workbook.active
    for row in (head, *rows):
        sheet.append(row)
    if change:
        change(workbook, sheet)
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


def csv(text, encoding="utf-8"):
    return text.encode(encoding)


def upload(session, data, user=None, filename="count.xlsx", **vals):
    """Choose a file for a session, as its controller."""
    imports = session.env["stockex.import"].with_user(user or session.env.user)
    return imports.create(
        {
            "session_id": session.id,
            "file": base64.b64encode(data),
            "filename": filename,
            **vals,
        }
    )


def check(session, data, **vals):
    """Choose a file and check it."""
    record = upload(session, data, **vals)
    record.action_check()
    return record


def refused(record):
    """Return {row number: code} of what is refused."""
    rows = record.row_ids.filtered(lambda row: row.state == "refused")
    return {row.number: row.code for row in rows}


def counted(session):
    """Return {(product, location, lot): counted quantity} of the counted lines."""
    return {
        (line.product_id.name, line.location_id.name, line.lot_id.name or ""): line.counted_quantity
        for line in session.sudo().line_ids
        if line.state == "counted"
    }


def result_rows(record):
    """Return the rows of the result file."""
    data = record.env["stockex.document.import"]._build(record)
    sheet = load_workbook(BytesIO(data)).active
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def entry(line, quantity, mode="set"):
    return {
        "line_id": line.id,
        "quantity": quantity,
        "uuid": str(uuid.uuid4()),
        "mode": mode,
    }

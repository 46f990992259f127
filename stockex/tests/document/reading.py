"""What a reader finds in our documents."""

from io import BytesIO

from openpyxl import load_workbook
from pypdf import PdfReader

REPORT = "stockex.count_report"


def pdf_of(sessions, user, **context):
    """Print the count report as a user."""
    report = sessions.env["ir.actions.report"].with_user(user).with_context(**context)
    data, kind = report._render_qweb_pdf(REPORT, sessions.ids)
    assert kind == "pdf"
    return data


def pages_of(sessions, user, **context):
    """Return the text of each page of the count report, with plain spaces."""
    reader = PdfReader(BytesIO(pdf_of(sessions, user, **context)))
    return [_plain(page.extract_text()) for page in reader.pages]


def text_of(sessions, user, **context):
    return "\n".join(pages_of(sessions, user, **context))


def rows_of(sessions, user, **context):
    """Return {sheet: rows} of the Excel workbook as a user."""
    workbook_model = sessions.env["stockex.document.count.workbook"].with_user(user)
    data = workbook_model.with_context(**context)._build(sessions.with_user(user))
    workbook = load_workbook(BytesIO(data), data_only=True)
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in workbook
    }


def _plain(text):
    return text.replace("\xa0", " ").replace("\u202f", " ")

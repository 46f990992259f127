from io import BytesIO

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class IrActionsReport(models.Model):
    """Reports whose PDF a document of ours makes, without QWeb and wkhtmltopdf."""

    _inherit = "ir.actions.report"

    stockex_document = fields.Char(
        "Document model", help="The model that makes the PDF, instead of a QWeb template."
    )

    # --- Python constraints ---

    @api.constrains("stockex_document", "report_type")
    def _check_stockex_document(self):
        base = self.env.registry["stockex.document"]
        for report in self.filtered("stockex_document"):
            model = self.env.registry.get(report.stockex_document)
            if not (model and issubclass(model, base)) or report.report_type != "qweb-pdf":
                raise ValidationError(
                    self.env._(
                        "“%(report)s” must be a PDF made by a document model; “%(model)s” is none.",
                        report=report.name,
                        model=report.stockex_document,
                    )
                )

    # --- Business ---

    def _get_readable_fields(self):
        return super()._get_readable_fields() | {"stockex_document"}

    def report_action(self, docids, data=None, config=True):
        if not self.stockex_document:
            return super().report_action(docids, data=data, config=config)
        # Odoo's page layouts are not ours: nothing to configure first.
        action = super().report_action(docids, data=data, config=False)
        return {**action, "stockex_document": self.stockex_document}

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        report_sudo = self._get_report(report_ref)
        if not report_sudo.stockex_document:
            return super()._pre_render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
        ids = [res_ids] if isinstance(res_ids, int) else list(dict.fromkeys(res_ids or []))
        records = self.env[report_sudo.model].browse(ids).exists()
        if not records:
            raise UserError(
                self.env._("Choose what “%(report)s” is about.", report=report_sudo.name)
            )
        records.check_access("read")
        document = self.env[report_sudo.stockex_document].with_context(
            lang=self.env.lang or self.env.user.lang
        )
        streams = {
            record.id: {
                "stream": BytesIO(document._build(record.with_env(document.env))),
                "attachment": None,
            }
            for record in records
        }
        return streams, "pdf"

import base64

from odoo import api, fields, models
from odoo.tools import format_date, format_datetime, formatLang
from odoo.tools.misc import get_lang

from ...pure.document.pdf import Letterhead, Sheet


class Document(models.AbstractModel):
    """The base of our documents: how texts look in the user's language.

    A document is a model that inherits this one and is named in the field
    `stockex_document` of an `ir.actions.report`.
    """

    _name = "stockex.document"
    _description = "Document"

    # --- Business ---

    @api.model
    def _build(self, records):
        """Return the PDF of some records, which the user may read. A hook: always overridden.

        :rtype: bytes
        """
        raise NotImplementedError

    @api.model
    def _sheet(self, title, company, landscape=False):
        """Return what stands on every page of a company's document."""
        now = fields.Datetime.now()
        return Sheet(
            title=title,
            letterhead=self._letterhead(company),
            # The placeholders are the pages', known when all is written.
            page_label=self.env._("Page %(page)s of %(pages)s", page="%(page)s", pages="%(pages)s"),
            printed=self.env._(
                "Printed on %(date)s by %(user)s",
                date=self._datetime(now),
                user=self.env.user.name,
            ),
            printed_at=now,
            language=get_lang(self.env).code.replace("_", "-"),
            landscape=landscape,
        )

    @api.model
    def _letterhead(self, company):
        # sudo: a company's name, address and logo are on every paper it sends.
        company_sudo = company.sudo()
        partner_sudo = company_sudo.partner_id
        address = partner_sudo._display_address(without_company=True)
        lines = [line.strip() for line in address.splitlines() if line.strip()]
        if company_sudo.vat:
            label = company_sudo.country_id.vat_label or self.env._("Tax ID")
            lines.append(f"{label}: {company_sudo.vat}")
        logo = False if company_sudo.uses_default_logo else partner_sudo.image_512
        return Letterhead(company_sudo.name, tuple(lines), base64.b64decode(logo) if logo else None)

    @api.model
    def _date(self, value):
        return format_date(self.env, value) if value else ""

    @api.model
    def _datetime(self, value):
        if not value:
            return ""
        zone = self.env.context.get("tz") or self.env.user.tz
        return format_datetime(self.env, value, tz=zone, dt_format="short")

    @api.model
    def _quantity(self, value, signed=False):
        text = formatLang(self.env, abs(value) if signed else value, dp="Product Unit")
        return self._sign(value) + text if signed else text

    @api.model
    def _number(self, value, digits=0):
        return formatLang(self.env, value, digits=digits)

    @api.model
    def _percent(self, ratio):
        return self.env._("%(number)s%%", number=formatLang(self.env, 100 * ratio, digits=1))

    @api.model
    def _money(self, value, currency, signed=False):
        text = formatLang(self.env, abs(value) if signed else value, currency_obj=currency)
        return self._sign(value) + text if signed else text

    @staticmethod
    def _sign(value):
        return "+" if value > 0 else "-" if value < 0 else ""

    @api.model
    def _label(self, record, field):
        """Return the label of a selection's value."""
        labels = dict(record._fields[field]._description_selection(self.env))
        return labels.get(record[field], "")

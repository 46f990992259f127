from ast import literal_eval

from pytz import timezone, utc

from odoo import api, models, tools

from ...pure.notify.template import Currency, Reader


class NotifyReader(models.AbstractModel):
    """How one person reads figures, amounts and times."""

    _name = "stockex.notify.reader"
    _description = "Reader of a Notification"

    # --- Business ---

    @api.model
    def _lang(self, reader):
        """Return the language of a user or a contact, or the first installed one."""
        return (
            self.env["res.lang"]._get_data(code=reader.lang or "").code
            or tools.get_lang(self.env).code
        )

    @api.model
    def _for(self, reader, company=None):
        """Return the reader that a user is, or a company's own contact.

        :param company: whose working hours say the time zone if nothing else does.
        """
        lang = self.env["res.lang"]._get_data(code=self._lang(reader))
        calendar = (reader.company_id or company or reader.company_id).resource_calendar_id
        zone = timezone(reader.tz or calendar.tz or "UTC")
        words = self.with_context(lang=lang.code).env
        return Reader(
            decimal_point=lang.decimal_point,
            thousands=lang.thousands_sep or "",
            groups=tuple(literal_eval(lang.grouping or "[]")),
            date_format=lang.date_format,
            time_format=lang.time_format.replace(":%S", ""),
            utc_offset=lambda moment: utc.localize(moment).astimezone(zone).utcoffset(),
            yes=words._("yes"),
            no=words._("no"),
        )

    @api.model
    def _currencies(self, names):
        """Return {name: how that currency is written}, also for names of none."""
        currencies = self.env["res.currency"].with_context(active_test=False)
        known = {
            currency.name: Currency(
                currency.symbol, currency.position == "before", currency.decimal_places
            )
            for currency in currencies.search([("name", "in", list(filter(None, names)))])
        }
        return {name: known.get(name) or Currency(symbol=name or "") for name in names}

from odoo import api, models
from odoo.tools import format_amount, format_date, format_datetime
from odoo.tools.misc import formatLang

from ...pure.notify.digest import Entry, Severity, cards
from ...pure.notify.trend import Way

MOST = 5
LIST_PATH = "stockex-my-notifications"
SEVERITIES = {
    "info": Severity.INFO,
    "warning": Severity.WARNING,
    "critical": Severity.CRITICAL,
}
ARROWS = {Way.UP: "▲", Way.DOWN: "▼", Way.LEVEL: "●"}


class NotifyDigestContent(models.AbstractModel):
    """Says what stands in a digest, in its reader's language, time zone and currencies."""

    _name = "stockex.notify.digest.content"
    _description = "Content of a Digest"

    @api.model
    def _render(self, digest):
        """Return the subject, the mail and the plain text of a digest."""
        user = digest.user_id
        own = self.with_context(lang=user.lang, tz=user.tz or "UTC")
        content = own._content(digest)
        html = self.env["stockex.notify.mail"]._render(
            "stockex.notify_mail_digest", digest.company_id, user.lang, content
        )
        return {"subject": content["subject"], "html": html, "text": own._plain(content)}

    def _content(self, digest):
        notifications = digest.notification_ids.sorted("id")
        shown = cards(map(self._entry, notifications), notifications.category_id.sorted().ids, MOST)
        summary = self._summary(shown)
        title, span = self._title(digest)
        return {
            "title": title,
            "span": span,
            "subject": self.env._("%(title)s: %(summary)s", title=title, summary=summary),
            "summary": summary,
            "hello": self.env._("Hello %(name)s,", name=digest.user_id.name),
            # What is critical stands before the figures, the rest behind them.
            "urgent": [self._card_values(one, notifications) for one in shown if one.critical],
            "others": [self._card_values(one, notifications) for one in shown if not one.critical],
            "groups": self._groups(digest, notifications),
            "all_url": f"{digest.get_base_url()}/odoo/{LIST_PATH}",
        }

    def _title(self, digest):
        last = format_date(self.env, digest.period_to, date_format="EEEE d MMMM")
        if digest.frequency == "daily":
            return self.env._("Your day"), last
        first = format_date(self.env, digest.period_from, date_format="EEEE d MMMM")
        return self.env._("Your week"), self.env._("%(first)s to %(last)s", first=first, last=last)

    def _summary(self, shown):
        count, critical = sum(card.count for card in shown), sum(card.critical for card in shown)
        if count == 1:
            return self.env._("1 message")
        if critical:
            return self.env._(
                "%(count)s messages, %(critical)s critical", count=count, critical=critical
            )
        return self.env._("%(count)s messages", count=count)

    # --- Cards ---

    def _entry(self, notification):
        target = notification.res_model and (notification.res_model, notification.res_id)
        return Entry(
            key=notification.key,
            number=notification.id,
            category=notification.category_id.id,
            severity=SEVERITIES[notification.severity],
            at=notification.create_date,
            target=target or None,
        )

    def _card_values(self, card, notifications):
        category = notifications.category_id.filtered(lambda one: one.id == card.category)
        chips = []
        if card.critical:
            text = self.env._("%(count)s critical", count=card.critical)
            chips.append({"text": text, "tone": "critical"})
        if card.warnings:
            text = self.env._("%(count)s to look at", count=card.warnings)
            chips.append({"text": text, "tone": "warning"})
        return {
            "name": category.with_env(self.env).name,
            "count": formatLang(self.env, card.count, digits=0),
            "chips": chips,
            "lines": [self._line_values(line, notifications) for line in card.lines],
            "more": card.more
            and self.env._("and %(count)s more", count=formatLang(self.env, card.more, digits=0)),
        }

    def _line_values(self, line, notifications):
        notification = notifications.browse(line.entry.number)
        time = format_datetime(
            self.env, notification.create_date, tz=self.env.context["tz"], dt_format="EEE HH:mm"
        )
        others = line.count > 1 and self.env._("%(count)s messages about it", count=line.count)
        return {
            "subject": notification.subject,
            "detail": " · ".join(filter(None, (time, others))),
            "text": _shortened(notification._plain()),
            "link": self.env["stockex.notify.mail"]._link(notification),
            "severity": notification.severity,
        }

    # --- Figures ---

    def _groups(self, digest, notifications):
        """Return one group of figures a company, each in its own currency."""
        user = digest.user_id
        length = digest.period_to - digest.period_from
        spans = (
            (digest.period_from - length, digest.period_from),
            (digest.period_from, digest.period_to),
        )
        companies = (user.company_id | notifications.company_id) & user.company_ids
        groups = []
        for company in companies:
            figures = self.env["stockex.notify.figure"]._of(user, company, spans)
            if figures:
                values = [self._figure_values(figure, company.currency_id) for figure in figures]
                rows = [values[first : first + 2] for first in range(0, len(values), 2)]
                groups.append({"company": company.name, "rows": rows})
        return groups

    def _figure_values(self, figure, currency):
        trend = figure.trend()
        before, now = trend.bars
        return {
            "label": figure.label,
            "was": self.env._(
                "Before: %(value)s", value=self._amount(figure.before, figure.kind, currency)
            ),
            "now": self._amount(figure.now, figure.kind, currency),
            "arrow": ARROWS[trend.way],
            "change": self._change(figure, trend, currency),
            "tone": str(trend.tone),
            "bar_before": before,
            "bar_now": now,
        }

    def _amount(self, value, kind, currency):
        if kind in ("money", "balance"):
            return format_amount(self.env, value, currency)
        if kind == "share":
            percent = formatLang(self.env, value * 100, digits=1)
            return self.env._("%(percent)s %%", percent=percent)
        return formatLang(self.env, value, digits=0)

    def _change(self, figure, trend, currency):
        """Say how much a figure changed, in what its kind is best told in."""
        if trend.way == Way.LEVEL:
            return self.env._("unchanged")
        sign = "+" if trend.way == Way.UP else "−"
        change = abs(figure.now - figure.before)
        if figure.kind == "share":
            points = formatLang(self.env, change * 100, digits=1)
            return self.env._("%(sign)s%(points)s points", sign=sign, points=points)
        if figure.kind == "balance":
            # A percentage of something below nothing says nothing.
            return sign + format_amount(self.env, change, currency)
        if trend.ratio is None:
            return self.env._("new")
        percent = formatLang(self.env, abs(trend.ratio) * 100, digits=0)
        return self.env._("%(sign)s%(percent)s %%", sign=sign, percent=percent)

    # --- Plain text ---

    def _plain(self, content):
        """Say the same without formatting."""
        lines = [content["hello"], "", f"{content['title']} · {content['span']}"]
        lines += [content["summary"], ""]
        for group in content["groups"]:
            lines += [group["company"].upper()]
            lines += [
                f"  {one['label']}: {one['now']} {one['arrow']} {one['change']} ({one['was']})"
                for row in group["rows"]
                for one in row
            ]
            lines.append("")
        for card in content["urgent"] + content["others"]:
            chips = ", ".join(chip["text"] for chip in card["chips"])
            lines.append(f"{card['name'].upper()} ({card['count']})" + (chips and f": {chips}"))
            for line in card["lines"]:
                lines += [f"  * {line['subject']} ({line['detail']})"]
                lines += [f"    {line['link']}"] if line["link"] else []
            lines += [f"  {card['more']}"] if card["more"] else []
            lines.append("")
        lines += [self.env._("All my messages: %(link)s", link=content["all_url"])]
        # Odoo puts an invisible sign after a minus; plain text has no use for it.
        return "\n".join(lines).replace("\ufeff", "")


def _shortened(text, most=140):
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"

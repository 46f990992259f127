from odoo import api, fields, models

from ...pure.notify.waiting import kinds


class EscalationFollowing(models.Model):
    """Waits begin and end with the events of their records."""

    _inherit = "stockex.escalation"

    # --- Business ---

    @api.model
    def _follow(self, events):
        """Begin and end waits, in the order of the events."""
        told = set(events.mapped("name"))
        concerned = {
            code: kind for code, kind in kinds().items() if told & {*kind.starts, *kind.answers}
        }
        if not concerned:
            return
        rules = self.env["stockex.escalation.rule"]._by_kind(concerned)
        known = self._open_of(events, concerned)
        for event in events.sorted("id"):
            for code, kind in concerned.items():
                key = (code, event.res_id)
                if event.res_model != kind.model:
                    continue
                if event.name in kind.answers and key in known:
                    self._close(known.pop(key), kind, event)
                if event.name in kind.starts and key not in known:
                    rule = rules.get((code, event.company_id.id)) or rules.get((code, False))
                    wait = rule and self._begin(rule, kind, event)
                    if wait:
                        known[key] = wait

    def _open_of(self, events, concerned):
        """Return {(kind, record id): open wait}."""
        found = self.search(
            [
                ("is_open", "=", True),
                ("kind", "in", list(concerned)),
                ("res_id", "in", events.mapped("res_id")),
            ]
        )
        return {(wait.kind, wait.res_id): wait for wait in found}

    def _without_answer_on_its_way(self):
        """Leave out those whose answer stands in the queue of events: it says who gave it."""
        answers = {name for kind in kinds().values() for name in kind.answers}
        queued = self.env["stockex.notify.pending"].search(
            [
                ("rule_id", "=", False),
                ("error", "=", False),
                ("event_id.name", "in", list(answers)),
                ("event_id.res_id", "in", self.mapped("res_id")),
            ]
        )
        told = {(event.res_model, event.res_id) for event in queued.event_id}
        return self.filtered(lambda one: (one.res_model, one.res_id) not in told)

    @api.model
    def _close(self, wait, kind, event):
        login = (event.payload or {}).get(kind.answerer)
        users = self.env["res.users"].with_context(active_test=False)
        wait._answer(event.time, login and users.search([("login", "=", login)], limit=1))

    @api.model
    def _begin(self, rule, kind, event):
        """Begin a wait at the instant of its event, also if the answer is already there."""
        record = event._record().with_company(event.company_id)
        if not record:
            return self.browse()
        wait = self.create(
            {
                "rule_id": rule.id,
                "kind": kind.code,
                "company_id": event.company_id.id,
                "res_model": record._name,
                "res_id": record.id,
                "record_name": record.display_name,
                "started_at": event.time,
                "last_at": event.time,
            }
        )
        people = self.env["stockex.notify.people"]
        asked = getattr(people, kind.people)(record)[record.id]
        present = wait._present(asked)
        users = present or wait._administrators()
        wait.write(
            {
                "user_ids": [fields.Command.set(users.ids)],
                "asked_ids": [fields.Command.set(users.ids)],
            }
        )
        wait._plan()
        wait._note("ask" if present else "nobody", users, event.time)
        return wait

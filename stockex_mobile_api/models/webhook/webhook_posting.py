from odoo import api, fields, models

from ...pure.webhook.message import TESTED, is_wanted, message


class WebhookPosting(models.Model):
    """From an event to the messages about it."""

    _inherit = "stockex.webhook.endpoint"

    # --- Actions ---

    def action_send_test(self):
        """Send a message at once and show what the receiver answers."""
        self.ensure_one()
        self.check_access("write")
        data = {"endpoint": self.name, "company_id": self.company_id.id}
        # sudo: calls are the system's; the right to the endpoint is checked above.
        self_sudo = self.sudo()
        calls_sudo = self_sudo.env["stockex.transport.call"]
        content = message(TESTED, fields.Datetime.now(), data)
        call_sudo = calls_sudo.create(
            {
                **self_sudo._prepare_call_vals(),
                "owner_id": self.owner_id.id,
                "payload": content,
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self_sudo.env["stockex.transport.sender"]._send_one(call_sudo)
        if call_sudo.state == "dead":
            # Nobody waits for a test.
            call_sudo.state = "skipped"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Test of “%(endpoint)s”", endpoint=self.name),
            "res_model": "stockex.transport.attempt",
            "res_id": call_sudo.attempt_ids[:1].id,
            "view_mode": "form",
            "target": "new",
        }

    # --- Business ---

    @api.model
    def _deliver(self, events):
        """Post the messages about events, in the transaction that wrote them."""
        # sudo: whoever does the business step need not see who listens; what a listener
        # is told of is decided by what its owner may read.
        endpoints_sudo = self.sudo().search(
            [("company_id", "in", events.company_id.ids), ("active", "=", True)]
        )
        if not endpoints_sudo:
            return
        places = {shown["id"]: shown["sequence"] for shown in events._shown()}
        readable = {}
        vals_list = []
        for endpoint_sudo in endpoints_sudo:
            filters = endpoint_sudo.event_ids.mapped("name")
            wanted = events.filtered(
                lambda event, endpoint=endpoint_sudo, filters=filters: (
                    event.company_id == endpoint.company_id and is_wanted(event.name, filters)
                )
            )
            key = (endpoint_sudo.owner_id, endpoint_sudo.company_id, wanted)
            if key not in readable:
                readable[key] = wanted._readable_for(*key[:2])
            vals_list += [
                endpoint_sudo._prepare_message_vals(event, places[event.id])
                for event in readable[key]
            ]
        # sudo: as above; calls are the system's.
        self.env["stockex.transport.call"].sudo()._post(vals_list)

    def _prepare_message_vals(self, event, sequence):
        """Return the call that tells of an event.

        :param sequence: where a reader of the stream of events goes on after it.
        """
        data = {
            **(event.payload or {}),
            "id": event.id,
            "sequence": sequence,
            "record": {"model": event.res_model, "id": event.res_id},
            "company_id": event.company_id.id,
        }
        return {
            **self._prepare_call_vals(),
            "owner_id": self.owner_id.id,
            "lane": f"{event.res_model},{event.res_id}",
            "payload": message(event.name, event.time, data),
            "res_model": event.res_model,
            "res_id": event.res_id,
            "event_id": event.id,
        }

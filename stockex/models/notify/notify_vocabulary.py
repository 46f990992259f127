from odoo import api, models

from ...pure.notify.registry import names_for_people, schema


class NotifyVocabulary(models.AbstractModel):
    """What events and the fields of their payloads are called on screen.

    An addon that registers events adds their names by inheritance; one that it forgets
    shows as its code, readable all the same.
    """

    _name = "stockex.notify.vocabulary"
    _description = "Names of Events"

    # --- Business ---

    @api.model
    def _event_labels(self):
        """Return {event name: what happened}; meant to be extended."""
        return {
            "count.created": self.env._("A count was created"),
            "count.started": self.env._("A count started"),
            "count.submitted": self.env._("A count was submitted for approval"),
            "count.approved": self.env._("A count was approved"),
            "count.rejected": self.env._("A count was rejected"),
            "count.posted": self.env._("A count was posted"),
            "count.posting_failed": self.env._("A count could not be posted"),
            "count.cancelled": self.env._("A count was cancelled"),
            "count.reversed": self.env._("A count was reversed"),
            "count.recounted": self.env._("Lines were sent back to be counted again"),
            "variance.above_threshold": self.env._("A variance passed the alert amount"),
            "stock.low": self.env._("Stock fell below its minimum"),
            "lot.expiring": self.env._("A lot is about to expire"),
            "job.failed": self.env._("Background work failed"),
        }

    @api.model
    def _field_labels(self):
        """Return {payload key: what it holds}; meant to be extended."""
        return {
            "approver": self.env._("Approver"),
            "controller": self.env._("Controller"),
            "counted": self.env._("Lines counted"),
            "currency": self.env._("Currency"),
            "difference": self.env._("Difference"),
            "done": self.env._("Units of work finished"),
            "expires": self.env._("Expires on"),
            "failed": self.env._("Lines not posted"),
            "first": self.env._("First reason"),
            "job": self.env._("Background work"),
            "kind": self.env._("Kind of count"),
            "lines": self.env._("Number of lines"),
            "location": self.env._("Location"),
            "lot": self.env._("Lot"),
            "message": self.env._("Message"),
            "minimum": self.env._("Minimum"),
            "posted": self.env._("Lines posted"),
            "product": self.env._("Product"),
            "quantity": self.env._("Quantity"),
            "reason": self.env._("Reason"),
            "reversal": self.env._("Reversed by"),
            "session": self.env._("Count"),
            "total": self.env._("Units of work in all"),
            "unit": self.env._("Unit"),
            "user": self.env._("User"),
            "value": self.env._("Value"),
            "warehouse": self.env._("Warehouse"),
        }

    @api.model
    def _own_labels(self):
        """Return {(event name, payload key): what it holds} where the event says it better.

        Meant to be extended.
        """
        return {
            ("count.approved", "approver"): self.env._("Approved by"),
            ("count.rejected", "approver"): self.env._("Rejected by"),
        }

    @api.model
    def _labels_of(self, event_name):
        """Return {payload key: label} of one event."""
        labels, own = self._field_labels(), self._own_labels()
        return {
            key: own.get((event_name, key)) or labels.get(key) or self._plain(key)
            for key in schema(event_name)
        }

    @api.model
    def _events(self):
        """List the registered events and their labels, as a selection does."""
        labels = self._event_labels()
        return [(name, labels.get(name) or self._plain(name)) for name in names_for_people()]

    @api.model
    def _fields_of_all(self):
        """List the payload keys of all events and their labels, as a selection does."""
        labels = self._field_labels()
        keys = sorted({key for name in names_for_people() for key in schema(name)})
        return [(key, labels.get(key) or self._plain(key)) for key in keys]

    @api.model
    def _plain(self, code):
        return code.replace(".", ": ").replace("_", " ").capitalize()

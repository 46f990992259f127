from odoo import models

from .sync_live import CHANNEL


class IrWebsocket(models.AbstractModel):
    """Lets controllers hear that handhelds of their companies changed."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        # The name that was asked for goes: only the user's own companies come back.
        rest = [channel for channel in channels if not _is_ours(channel)]
        if len(rest) < len(channels) and self.env.user.has_group("stockex.group_controller"):
            rest.extend((company, CHANNEL) for company in self.env.user.company_ids)
        return super()._build_bus_channel_list(rest)


def _is_ours(channel):
    return isinstance(channel, str) and channel == CHANNEL

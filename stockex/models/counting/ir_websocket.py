import re

from odoo import models

from .count_together import CHANNEL_PREFIX

CHANNEL = re.compile(re.escape(CHANNEL_PREFIX) + r"(\d{1,9})$")


class IrWebsocket(models.AbstractModel):
    """Lets those who may read a session hear what changes in it."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        asked = {channel: CHANNEL.match(channel) for channel in channels if _is_text(channel)}
        ids = [int(match[1]) for match in asked.values() if match]
        # The name that was asked for goes: only a session that they may read comes back.
        channels = [channel for channel in channels if not asked.get(channel)]
        sessions = self.env["stockex.count.session"].browse(ids).exists()
        channels.extend(sessions._filtered_access("read"))
        return super()._build_bus_channel_list(channels)


def _is_text(channel):
    return isinstance(channel, str)

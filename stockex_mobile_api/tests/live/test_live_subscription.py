from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..auth.common import HOME
from .common import LiveCase

ELSEWHERE = "198.51.100.7"


@tagged("post_install", "-at_install")
class TestLiveSubscription(LiveCase):
    """A subscription holds as long as all that let it begin."""

    def assert_ends(self, subscription, deed, back=None):
        """Check that a subscription is heard, ends with a deed, and does not come back."""
        self.assertEqual(self.tell(), [subscription])
        deed()
        self.assertEqual(self.tell(), [])
        self.assertFalse(subscription.exists())
        if back:
            back()
            self.assertEqual(self.tell(), [])

    def test_it_ends_when_its_key_is_revoked(self):
        key, subscription = self.listen()

        self.assert_ends(subscription, key.action_revoke)

    def test_it_ends_when_its_key_may_not_listen_any_more(self):
        key, subscription = self.listen(scopes=("live:read", "counts:read"))

        self.assert_ends(
            subscription,
            lambda: key.write({"scope_ids": [Command.set(self.scopes("counts:read").ids)]}),
            lambda: key.write({"scope_ids": [Command.link(self.scopes("live:read").id)]}),
        )

    def test_it_ends_when_its_key_is_limited_to_other_networks(self):
        key, subscription = self.listen()

        key.networks = "192.0.2.0/24"
        self.assert_ends(subscription, lambda: key.write({"networks": "203.0.113.0/24"}))

    def test_it_ends_when_the_networks_leave_out_who_connected(self):
        key, text = self.issue(scopes=("live:read",))
        identity = self.come(text, now=fields.Datetime.now())
        subscription, channel = self.open(identity)

        self.assertEqual(self.subscriptions._of_channel(channel, ELSEWHERE), subscription)
        self.assertEqual(subscription.heard_from, ELSEWHERE)
        self.assert_ends(subscription, lambda: key.write({"networks": "192.0.2.0/24"}))

    def test_nobody_connects_from_outside_the_networks(self):
        key, text = self.issue(scopes=("live:read",), networks="192.0.2.0/24")
        subscription, channel = self.open(self.come(text, now=fields.Datetime.now()))

        self.assertFalse(self.subscriptions._of_channel(channel, ELSEWHERE))
        self.assertEqual(self.subscriptions._of_channel(channel, HOME), subscription)
        key.action_revoke()
        self.assertFalse(self.subscriptions._of_channel(channel, HOME))

    def test_it_ends_when_its_user_is_archived(self):
        _key, subscription = self.listen()

        self.assert_ends(
            subscription,
            lambda: self.carla.write({"active": False}),
            lambda: self.carla.write({"active": True}),
        )

    def test_it_ends_when_its_application_loses_access(self):
        def archive(client):
            client.active = False

        deeds = (
            lambda session, _identity: session.action_revoke(),
            lambda session, _identity: archive(session.client_id),
            lambda session, _identity: session.client_id.write(
                {"scope_ids": [Command.set(self.scopes("events:read").ids)]}
            ),
            lambda _session, identity: self.env["stockex.api.revoked.token"].create(
                {"jti": identity.token_jti, "expires_at": self.later(minutes=15)}
            ),
        )
        for deed in deeds:
            session, subscription, identity = self.listen_as_application()
            self.assert_ends(
                subscription, lambda deed=deed, one=session, who=identity: deed(one, who)
            )

    def test_one_deed_ends_no_others(self):
        _key, other = self.listen(self.sana)
        session, _subscription, _identity = self.listen_as_application()

        session.action_revoke()

        self.assertEqual(self.tell(), [other])

    def test_it_goes_on_with_the_token_that_renews_it(self):
        session, subscription, _identity = self.listen_as_application()
        oauth = self.env["stockex.api.oauth"]
        token = oauth._issue(session, "live:read", with_refresh=False)["access_token"]
        identity = self.gate._identify(f"Bearer {token}", ELSEWHERE, fields.Datetime.now())
        own = subscription.with_context(allowed_company_ids=self.company.ids)

        own._renew(identity, ELSEWHERE)

        self.assertEqual(subscription.token_jti, identity.token_jti)
        self.assertEqual(subscription.opened_from, ELSEWHERE)

    def test_many_are_checked_as_fast_as_one(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.subscriptions._listening()
            return self.env.cr.sql_log_count - before

        self.listen()
        self.listen_as_application()
        few = queries()
        for user in (self.carla, self.karim, self.sana):
            self.listen(user)
            self.listen_as_application(user)

        self.assertEqual(len(self.subscriptions._listening()), 8)
        self.assertEqual(queries(), few)

    # --- The administrator's list ---

    def test_administrators_see_and_end_those_of_their_companies(self):
        _key, mine = self.listen()
        self.add_other_company()
        foreign = mine.copy({"company_id": self.other_company.id, "channel_hash": "x"})
        seen = self.subscriptions.with_user(self.sana).search([])
        self.assertEqual(seen, mine)
        [shown] = seen.read(["user_id", "key_id", "topics", "expires_at", "opened_from"])
        self.assertEqual((shown["topics"], shown["opened_from"]), ("counts", HOME))
        for refused in (
            lambda: self.subscriptions.with_user(self.carla).search([]),
            mine.with_user(self.carla).action_end,
            foreign.with_user(self.sana).action_end,
            lambda: mine.with_user(self.sana).write({"topics": "events"}),
        ):
            with self.assertRaises(AccessError):
                refused()
        self.assertEqual((mine | foreign).exists(), mine | foreign)

        action = mine.with_user(self.sana).action_end()

        self.assertEqual(action["res_model"], "stockex.live.subscription")
        self.assertEqual((mine | foreign).exists(), foreign)

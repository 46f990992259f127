-- A copy of the database must open nothing; what is missing stays visible as "not set".
UPDATE stockex_secret SET ciphertext = NULL;
-- Nor is what waits there sent from a copy, even if somebody turns its actions on again.
UPDATE stockex_transport_call SET state = 'skipped', done_at = now() AT TIME ZONE 'UTC'
 WHERE state = 'waiting';
-- Nothing goes out from a copy; what Odoo delivers itself, Odoo neutralizes itself.
UPDATE stockex_notify_service SET active = FALSE
 WHERE code NOT IN ('inbox', 'email', 'activity', 'sms');

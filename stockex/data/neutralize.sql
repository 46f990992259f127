-- A copy of the database must open nothing; what is missing stays visible as "not set".
UPDATE stockex_secret SET ciphertext = NULL;
-- Nor is what waits there sent from a copy, even if somebody turns its actions on again.
UPDATE stockex_transport_call SET state = 'skipped', done_at = now() AT TIME ZONE 'UTC'
 WHERE state = 'waiting';

-- A copy of the database must let nobody in who holds a key or a token of the original.
UPDATE stockex_api_key SET revoked_at = now() AT TIME ZONE 'UTC' WHERE revoked_at IS NULL;
UPDATE stockex_api_client SET secret_hash = NULL, secret_since = NULL;
UPDATE stockex_api_session SET revoked_at = now() AT TIME ZONE 'UTC' WHERE revoked_at IS NULL;
DELETE FROM stockex_api_code;
DELETE FROM stockex_api_refresh;
DELETE FROM stockex_live_subscription;
-- Nor does it ring on anybody's phone.
DELETE FROM stockex_sync_subscription;
-- Nor does it tell anybody of what happens in it.
UPDATE stockex_webhook_endpoint SET active = FALSE WHERE active;

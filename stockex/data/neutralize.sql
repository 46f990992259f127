-- A copy of the database must open nothing; what is missing stays visible as "not set".
UPDATE stockex_secret SET ciphertext = NULL;

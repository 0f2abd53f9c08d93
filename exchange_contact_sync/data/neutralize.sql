-- A copy of a database must not write into the mailboxes of the original.
UPDATE exchange_account
   SET state = 'paused',
       next_sync = NULL,
       sync_requested = FALSE,
       password_encrypted = NULL;
DELETE FROM exchange_sign_in;
UPDATE exchange_provider
   SET service_password_encrypted = NULL,
       client_secret_encrypted = NULL,
       private_key_encrypted = NULL;

-- After this moment a token opens nothing any more; NULL: it holds until it is revoked.
ALTER TABLE token ADD COLUMN expires_at BIGINT;

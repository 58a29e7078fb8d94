-- The try that used a link up, by its device's own id: the same device may ask again what came of it.
ALTER TABLE reconnect_links ADD COLUMN used_by TEXT;

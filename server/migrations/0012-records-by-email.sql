-- Contacts are looked up by their e-mail address, in any case. As much of it as any address has: an index holds no long texts.
CREATE INDEX records_by_email ON records (object, substr(lower({{record email}}), 1, 320));

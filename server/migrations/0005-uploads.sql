-- Uploads that are not finished. How much has arrived is the length of the file; the row says what it is to become.
CREATE TABLE uploads (
  id TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  uploader TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT,
  created_at BIGINT NOT NULL,
  touched_at BIGINT NOT NULL
);
CREATE INDEX uploads_by_uploader ON uploads (uploader);
CREATE INDEX uploads_by_conversation ON uploads (conversation_id);
CREATE INDEX uploads_by_touch ON uploads (touched_at);

CREATE INDEX attachments_by_conversation ON attachments (conversation_id);

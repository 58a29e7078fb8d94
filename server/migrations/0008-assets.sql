-- Pictures for screens and messages of flows. The name holds the content's hash; `content` is base64.
CREATE TABLE assets (
  name TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  size INTEGER NOT NULL,
  width INTEGER,
  height INTEGER,
  content TEXT NOT NULL,
  created_by TEXT,
  created_at BIGINT NOT NULL
);

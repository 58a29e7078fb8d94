-- Which server process has a connection to which customer, so that a process that dies takes its connections with it.
CREATE TABLE processes (id TEXT PRIMARY KEY, lease BIGINT NOT NULL);

CREATE TABLE customer_connections (
  conversation_id TEXT NOT NULL,
  process_id TEXT NOT NULL,
  PRIMARY KEY (conversation_id, process_id)
);
CREATE INDEX customer_connections_of ON customer_connections (process_id);

-- Links with which a customer comes back. Only the hash of the token is kept.
CREATE TABLE reconnect_links (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  revoked_at BIGINT
);
CREATE UNIQUE INDEX reconnect_links_by_token ON reconnect_links (token_hash);
CREATE INDEX reconnect_links_of ON reconnect_links (conversation_id);

-- The log and what is derived from it. Times are milliseconds; `state` and `body` are JSON.
-- Append-ordered tables with unique (conversation, number) and a unique client id: three times faster than clustering.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

-- `change` comes from one counter taken last in the transaction, so it grows in the order of commits: what a reader asks
-- for is "everything after n", compacted to one row a conversation.
CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL);
INSERT INTO counters (name, value) VALUES ('change', 0);

CREATE TABLE conversations (
  id TEXT PRIMARY KEY,
  channel_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  status TEXT NOT NULL,
  session_id TEXT,
  session_status TEXT,
  queue_id TEXT,
  agent_id TEXT,
  last_number BIGINT NOT NULL,
  change BIGINT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX conversations_by_customer ON conversations (customer_id, channel_id, created_at);
CREATE UNIQUE INDEX conversations_by_change ON conversations (change);
CREATE INDEX conversations_by_agent ON conversations (agent_id, session_status);
CREATE INDEX conversations_by_queue ON conversations (queue_id, session_status);

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  first_number BIGINT NOT NULL,
  status TEXT NOT NULL,
  queue_id TEXT,
  agent_id TEXT,
  priority INTEGER NOT NULL,
  waiting_since BIGINT,
  started_at BIGINT NOT NULL,
  active_at BIGINT,
  ended_at BIGINT,
  ended_by TEXT,
  ended_why TEXT,
  offered INTEGER NOT NULL,
  state TEXT NOT NULL,
  UNIQUE (conversation_id, number)
);
CREATE INDEX sessions_waiting ON sessions (status, queue_id, priority, waiting_since);
CREATE INDEX sessions_active_at ON sessions (queue_id, active_at);

CREATE TABLE events (
  position {{serial}},
  conversation_id TEXT NOT NULL,
  number BIGINT NOT NULL,
  command_id TEXT,
  at BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE UNIQUE INDEX events_by_number ON events (conversation_id, number);
CREATE UNIQUE INDEX events_by_command ON events (command_id);

CREATE TABLE agent_states (agent_id TEXT PRIMARY KEY, lease BIGINT NOT NULL, state TEXT NOT NULL);

CREATE TABLE deadlines (
  about TEXT NOT NULL,
  kind TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  PRIMARY KEY (about, kind)
);
CREATE INDEX deadlines_due ON deadlines (due_at);

CREATE TABLE effects (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  outcome TEXT,
  done_at BIGINT
);
CREATE INDEX effects_due ON effects (done_at, due_at);

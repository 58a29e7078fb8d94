-- What all migrations make, on SQLite. Renewed by UPDATE_SCHEMA=1; a change shows in review.

CREATE TABLE agent_credentials (
  agent_id text primary key,
  password_hash text not null,
  changed_at bigint not null
);

CREATE TABLE agent_sessions (
  id text primary key,
  token_hash text not null unique,
  agent_id text not null,
  user_agent text not null,
  created_at bigint not null,
  used_at bigint not null,
  expires_at bigint not null
);

CREATE TABLE agent_states (agent_id TEXT PRIMARY KEY, lease BIGINT NOT NULL, state TEXT NOT NULL);

CREATE TABLE agents (
  id text primary key,
  unique_name text not null unique,
  settings text not null,
  revision integer not null,
  created_at bigint not null,
  updated_at bigint not null
);

CREATE TABLE api_keys (
  id text primary key,
  name text not null,
  scopes text not null,
  secret_hash text not null unique,
  created_by text not null,
  created_at bigint not null,
  last_used_at bigint
);

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

CREATE TABLE attachments (
  id text primary key,
  conversation_id text not null,
  uploader text not null,
  name text not null,
  type text not null,
  size bigint not null,
  sha256 text not null,
  width integer,
  height integer,
  staff_only integer not null,
  claimed_at bigint,
  created_at bigint not null
);

CREATE TABLE audit (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  id text not null unique,
  at bigint not null,
  agent_id text,
  action text not null,
  noun text not null,
  noun_id text not null,
  change text not null,
  version bigint
);

CREATE TABLE channels (
  id text primary key,
  unique_name text not null unique,
  draft text not null,
  revision integer not null,
  live integer,
  created_at bigint not null,
  updated_at bigint not null
);

CREATE TABLE configuration_version (
  id integer primary key,
  version bigint not null
);

CREATE TABLE connectors (
  name TEXT PRIMARY KEY,
  settings TEXT NOT NULL,
  secrets TEXT NOT NULL,
  revision INTEGER NOT NULL,
  updated_at BIGINT NOT NULL
);

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

CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL);

CREATE TABLE customer_connections (
  conversation_id TEXT NOT NULL,
  process_id TEXT NOT NULL,
  PRIMARY KEY (conversation_id, process_id)
);

CREATE TABLE customer_devices (
  id text primary key,
  customer_id text not null references customers (id),
  channel_id text not null,
  
  epoch integer not null,
  expires_at bigint not null,
  revoked_at bigint,
  created_at bigint not null,
  used_at bigint not null
);

CREATE TABLE customers (
  id text primary key,
  kind text not null,
  
  channel_id text,
  issuer text,
  subject text,
  name text,
  email text,
  
  became text,
  created_at bigint not null,
  updated_at bigint not null
);

CREATE TABLE deadlines (
  about TEXT NOT NULL,
  kind TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  PRIMARY KEY (about, kind)
);

CREATE TABLE deployments (
  channel_id text not null references channels (id),
  number integer not null,
  settings text not null,
  published_at bigint not null,
  published_by text,
  note text not null,
  restored_from integer,
  primary key (channel_id, number)
);

CREATE TABLE effects (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  outcome TEXT,
  done_at BIGINT
);

CREATE TABLE events (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id TEXT NOT NULL,
  number BIGINT NOT NULL,
  command_id TEXT,
  at BIGINT NOT NULL,
  body TEXT NOT NULL
);

CREATE TABLE flow_aliases (
  key TEXT NOT NULL,
  alias TEXT NOT NULL,
  version INTEGER NOT NULL,
  canary TEXT,
  PRIMARY KEY (key, alias)
);

CREATE TABLE flow_drafts (
  key TEXT PRIMARY KEY,
  definition TEXT NOT NULL,
  layout TEXT,
  revision INTEGER NOT NULL,
  author TEXT,
  updated_at BIGINT NOT NULL
);

CREATE TABLE flow_events (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  key TEXT NOT NULL,
  data TEXT NOT NULL,
  conversation_id TEXT,
  at BIGINT NOT NULL,
  taken_by TEXT,
  matched INTEGER NOT NULL,
  expires_at BIGINT NOT NULL
, waited BIGINT);

CREATE TABLE flow_inputs (run_id TEXT NOT NULL, seq INTEGER NOT NULL, at BIGINT NOT NULL, input TEXT NOT NULL, PRIMARY KEY (run_id, seq));

CREATE TABLE flow_runs (
  id TEXT PRIMARY KEY,
  key TEXT NOT NULL,
  version INTEGER NOT NULL,
  alias TEXT NOT NULL,
  title TEXT NOT NULL,
  status TEXT NOT NULL,
  node TEXT NOT NULL,
  conversation_id TEXT,
  session_id TEXT,
  record_id TEXT,
  scope TEXT NOT NULL,
  owner TEXT NOT NULL,
  starter_id TEXT,
  state TEXT NOT NULL,
  rev INTEGER NOT NULL,
  steps INTEGER NOT NULL,
  bound INTEGER NOT NULL,
  released INTEGER NOT NULL,
  due_at BIGINT,
  fault TEXT,
  trace TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  ended_at BIGINT
, trace_until BIGINT);

CREATE TABLE flow_schedules (key TEXT PRIMARY KEY, due_at BIGINT NOT NULL);

CREATE TABLE flow_trace (run_id TEXT NOT NULL, seq INTEGER NOT NULL, step TEXT NOT NULL, shown TEXT, PRIMARY KEY (run_id, seq));

CREATE TABLE flow_versions (
  key TEXT NOT NULL,
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  engine TEXT NOT NULL,
  definition TEXT NOT NULL,
  lock TEXT NOT NULL,
  message TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  published_by TEXT,
  retired_at BIGINT,
  PRIMARY KEY (key, version)
);

CREATE TABLE flow_waits (
  run_id TEXT NOT NULL,
  branch TEXT NOT NULL,
  event_type TEXT NOT NULL,
  event_key TEXT NOT NULL,
  since BIGINT NOT NULL,
  armed_at BIGINT NOT NULL,
  PRIMARY KEY (run_id, branch)
);

CREATE TABLE form_fields (
  form_id TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT,
  seq BIGINT NOT NULL,
  set_by TEXT NOT NULL,
  set_by_id TEXT,
  set_at BIGINT NOT NULL,
  source TEXT NOT NULL,
  status TEXT NOT NULL,
  op_id TEXT,
  PRIMARY KEY (form_id, field)
);

CREATE TABLE form_secrets (
  id TEXT PRIMARY KEY,
  submission_id TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  wipe_at BIGINT NOT NULL
);

CREATE TABLE form_submissions (
  id TEXT PRIMARY KEY,
  form_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  answers TEXT NOT NULL,
  outputs TEXT NOT NULL,
  consents TEXT NOT NULL,
  participant TEXT NOT NULL,
  at BIGINT NOT NULL
);

CREATE TABLE form_suggestions (
  form_id TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  by_id TEXT,
  by_name TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (form_id, field)
);

CREATE TABLE forms (
  id TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  run_id TEXT NOT NULL,
  node TEXT NOT NULL,
  flow_key TEXT NOT NULL,
  flow_version INTEGER NOT NULL,
  settings TEXT NOT NULL,
  inputs TEXT NOT NULL,
  page TEXT,
  seq BIGINT NOT NULL,
  show_typing INTEGER NOT NULL,
  opened_at BIGINT NOT NULL,
  wipe_at BIGINT
);

CREATE TABLE hours (
  id text primary key,
  unique_name text not null unique,
  settings text not null,
  revision integer not null,
  created_at bigint not null,
  updated_at bigint not null
);

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL);

CREATE TABLE organisation (
  id integer primary key,
  settings text not null
);

CREATE TABLE processes (id TEXT PRIMARY KEY, lease BIGINT NOT NULL);

CREATE TABLE queues (
  id text primary key,
  unique_name text not null unique,
  settings text not null,
  revision integer not null,
  created_at bigint not null,
  updated_at bigint not null
);

CREATE TABLE quick_replies (
  id text primary key,
  unique_name text not null unique,
  settings text not null,
  revision integer not null,
  created_at bigint not null,
  updated_at bigint not null
);

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
, used_by TEXT);

CREATE TABLE record_objects (name TEXT PRIMARY KEY, settings TEXT NOT NULL, revision INTEGER NOT NULL, updated_at BIGINT NOT NULL);

CREATE TABLE records (
  id TEXT PRIMARY KEY,
  object TEXT NOT NULL,
  number BIGINT NOT NULL,
  version INTEGER NOT NULL,
  fields TEXT NOT NULL,
  sealed TEXT,
  conversation_id TEXT,
  session_id TEXT,
  case_id TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE resume_secrets (
  hash text primary key,
  device_id text not null references customer_devices (id) on delete cascade,
  salt text not null,
  next text,
  replaced_at bigint,
  created_at bigint not null
);

CREATE TABLE returns (
  day INTEGER NOT NULL,
  channel_id TEXT NOT NULL,
  way TEXT NOT NULL,
  outcome TEXT NOT NULL,
  because TEXT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (day, channel_id, way, outcome, because)
);

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

CREATE TABLE skills (
  id text primary key,
  unique_name text not null unique,
  settings text not null,
  revision integer not null,
  created_at bigint not null,
  updated_at bigint not null
);

CREATE TABLE uploads (
  id TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  uploader TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT,
  created_at BIGINT NOT NULL,
  touched_at BIGINT NOT NULL
);

CREATE INDEX agent_sessions_by_agent on agent_sessions (agent_id);

CREATE INDEX attachments_by_conversation ON attachments (conversation_id);

CREATE INDEX attachments_unclaimed on attachments (claimed_at, created_at);

CREATE INDEX audit_by_time on audit (at, position);

CREATE INDEX audit_by_version on audit (version);

CREATE INDEX conversations_by_agent ON conversations (agent_id, session_status);

CREATE UNIQUE INDEX conversations_by_change ON conversations (change);

CREATE INDEX conversations_by_customer ON conversations (customer_id, channel_id, created_at);

CREATE INDEX conversations_by_queue ON conversations (queue_id, session_status);

CREATE INDEX customer_connections_of ON customer_connections (process_id);

CREATE INDEX customer_devices_by_customer on customer_devices (customer_id);

CREATE UNIQUE INDEX customers_by_subject on customers (issuer, subject);

CREATE INDEX deadlines_due ON deadlines (due_at);

CREATE INDEX effects_due ON effects (done_at, due_at);

CREATE UNIQUE INDEX events_by_command ON events (command_id);

CREATE UNIQUE INDEX events_by_number ON events (conversation_id, number);

CREATE INDEX flow_events_expiry ON flow_events (expires_at);

CREATE INDEX flow_events_for ON flow_events (type, key, at);

CREATE INDEX flow_events_taken ON flow_events (taken_by) WHERE taken_by IS NOT NULL;

CREATE INDEX flow_events_waited ON flow_events (at, type, waited) WHERE waited IS NOT NULL;

CREATE INDEX flow_runs_alone ON flow_runs (key) WHERE conversation_id IS NULL AND status IN ('running', 'waiting');

CREATE INDEX flow_runs_by_time ON flow_runs (status, updated_at);

CREATE INDEX flow_runs_due ON flow_runs (due_at) WHERE due_at IS NOT NULL;

CREATE INDEX flow_runs_of_conversation ON flow_runs (conversation_id) WHERE conversation_id IS NOT NULL;

CREATE INDEX flow_runs_of_record ON flow_runs (record_id) WHERE record_id IS NOT NULL;

CREATE INDEX flow_runs_of_version ON flow_runs (key, version, status);

CREATE INDEX flow_runs_outcomes ON flow_runs (ended_at, key, version, status, node) WHERE ended_at IS NOT NULL;

CREATE INDEX flow_runs_standing ON flow_runs (status, key, node, updated_at) WHERE status IN ('running', 'waiting', 'faulted');

CREATE INDEX flow_runs_traced ON flow_runs (trace_until) WHERE trace_until IS NOT NULL;

CREATE INDEX flow_waits_for ON flow_waits (event_type, event_key, armed_at);

CREATE INDEX form_secrets_to_wipe ON form_secrets (wipe_at);

CREATE INDEX form_submissions_of ON form_submissions (form_id, revision);

CREATE INDEX forms_of_conversation ON forms (conversation_id);

CREATE INDEX forms_to_wipe ON forms (wipe_at) WHERE wipe_at IS NOT NULL;

CREATE UNIQUE INDEX reconnect_links_by_token ON reconnect_links (token_hash);

CREATE INDEX reconnect_links_of ON reconnect_links (conversation_id);

CREATE INDEX records_by_email ON records (object, substr(lower(json_extract(fields, '$."email"')), 1, 320));

CREATE UNIQUE INDEX records_by_number ON records (object, number);

CREATE INDEX records_by_time ON records (object, updated_at);

CREATE INDEX records_of_conversation ON records (conversation_id) WHERE conversation_id IS NOT NULL;

CREATE INDEX resume_secrets_by_device on resume_secrets (device_id);

CREATE INDEX sessions_active_at ON sessions (queue_id, active_at);

CREATE INDEX sessions_waiting ON sessions (status, queue_id, priority, waiting_since);

CREATE INDEX uploads_by_conversation ON uploads (conversation_id);

CREATE INDEX uploads_by_touch ON uploads (touched_at);

CREATE INDEX uploads_by_uploader ON uploads (uploader);

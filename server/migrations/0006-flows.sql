-- Flows: one draft each, published versions that never change, and names for versions.
CREATE TABLE flow_drafts (
  key TEXT PRIMARY KEY,
  definition TEXT NOT NULL,
  layout TEXT,
  revision INTEGER NOT NULL,
  author TEXT,
  updated_at BIGINT NOT NULL
);
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
CREATE TABLE flow_aliases (
  key TEXT NOT NULL,
  alias TEXT NOT NULL,
  version INTEGER NOT NULL,
  canary TEXT,
  PRIMARY KEY (key, alias)
);
CREATE TABLE flow_schedules (key TEXT PRIMARY KEY, due_at BIGINT NOT NULL);

-- Runs. `state` is sealed: it holds what customers told. `due_at`: when somebody must look at the run again, for whatever
-- reason; null: only an event or a person can take it on.
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
);
CREATE INDEX flow_runs_due ON flow_runs (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX flow_runs_of_conversation ON flow_runs (conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX flow_runs_of_record ON flow_runs (record_id) WHERE record_id IS NOT NULL;
CREATE INDEX flow_runs_of_version ON flow_runs (key, version, status);
CREATE INDEX flow_runs_by_time ON flow_runs (status, updated_at);

CREATE TABLE flow_waits (
  run_id TEXT NOT NULL,
  branch TEXT NOT NULL,
  event_type TEXT NOT NULL,
  event_key TEXT NOT NULL,
  since BIGINT NOT NULL,
  armed_at BIGINT NOT NULL,
  PRIMARY KEY (run_id, branch)
);
CREATE INDEX flow_waits_for ON flow_waits (event_type, event_key, armed_at);

-- What flows heard, each once by its id. Kept a while for waits that come later; `data` is sealed.
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
);
CREATE INDEX flow_events_for ON flow_events (type, key, at);
CREATE INDEX flow_events_expiry ON flow_events (expires_at);

-- Inputs as they came, sealed, so that a run can be played again on another version.
CREATE TABLE flow_inputs (run_id TEXT NOT NULL, seq INTEGER NOT NULL, at BIGINT NOT NULL, input TEXT NOT NULL, PRIMARY KEY (run_id, seq));
CREATE TABLE flow_trace (run_id TEXT NOT NULL, seq INTEGER NOT NULL, step TEXT NOT NULL, shown TEXT, PRIMARY KEY (run_id, seq));

-- Other systems that flows may call. `secrets` is sealed.
CREATE TABLE connectors (
  name TEXT PRIMARY KEY,
  settings TEXT NOT NULL,
  secrets TEXT NOT NULL,
  revision INTEGER NOT NULL,
  updated_at BIGINT NOT NULL
);

-- Records: cases, contacts, and what an admin defined. `sealed` holds the fields that are private.
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
CREATE UNIQUE INDEX records_by_number ON records (object, number);
CREATE INDEX records_by_time ON records (object, updated_at);
CREATE INDEX records_of_conversation ON records (conversation_id) WHERE conversation_id IS NOT NULL;

-- Forms: their drafts, what was suggested, and what was sent. All values are sealed.
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
CREATE INDEX forms_of_conversation ON forms (conversation_id);
CREATE INDEX forms_to_wipe ON forms (wipe_at) WHERE wipe_at IS NOT NULL;
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
CREATE TABLE form_suggestions (
  form_id TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  by_id TEXT,
  by_name TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (form_id, field)
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
CREATE INDEX form_submissions_of ON form_submissions (form_id, revision);
CREATE TABLE form_secrets (
  id TEXT PRIMARY KEY,
  submission_id TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  wipe_at BIGINT NOT NULL
);
CREATE INDEX form_secrets_to_wipe ON form_secrets (wipe_at);

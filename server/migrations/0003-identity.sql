-- Who is who. Secrets, session tokens and API keys are kept as SHA-256 only; passwords as argon2id.

create table customers (
  id text primary key,
  kind text not null,
  -- Guests belong to the channel they came by; verified customers are one for all channels that trust their issuer.
  channel_id text,
  issuer text,
  subject text,
  name text,
  email text,
  -- The verified customer that this guest became.
  became text,
  created_at bigint not null,
  updated_at bigint not null
);

create unique index customers_by_subject on customers (issuer, subject);

create table customer_devices (
  id text primary key,
  customer_id text not null references customers (id),
  channel_id text not null,
  -- Access tokens carry it; raising it ends those given out before.
  epoch integer not null,
  expires_at bigint not null,
  revoked_at bigint,
  created_at bigint not null,
  used_at bigint not null
);

create index customer_devices_by_customer on customer_devices (customer_id);

-- The chain of resume secrets of a device. `next` is the hash of the one that took its place.
create table resume_secrets (
  hash text primary key,
  device_id text not null references customer_devices (id) on delete cascade,
  salt text not null,
  next text,
  replaced_at bigint,
  created_at bigint not null
);

create index resume_secrets_by_device on resume_secrets (device_id);

create table agent_credentials (
  agent_id text primary key,
  password_hash text not null,
  changed_at bigint not null
);

create table agent_sessions (
  id text primary key,
  token_hash text not null unique,
  agent_id text not null,
  user_agent text not null,
  created_at bigint not null,
  used_at bigint not null,
  expires_at bigint not null
);

create index agent_sessions_by_agent on agent_sessions (agent_id);

create table api_keys (
  id text primary key,
  name text not null,
  scopes text not null,
  secret_hash text not null unique,
  created_by text not null,
  created_at bigint not null,
  last_used_at bigint
);

create table attachments (
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

create index attachments_unclaimed on attachments (claimed_at, created_at);

-- What admins set up. Settings are JSON; the columns beside them are what the store itself must know.

create table configuration_version (
  id integer primary key,
  version bigint not null
);

insert into configuration_version (id, version) values (1, 0);

create table organisation (
  id integer primary key,
  settings text not null
);

create table channels (
  id text primary key,
  unique_name text not null unique,
  draft text not null,
  revision integer not null,
  live integer,
  created_at bigint not null,
  updated_at bigint not null
);

create table deployments (
  channel_id text not null references channels (id),
  number integer not null,
  settings text not null,
  published_at bigint not null,
  published_by text,
  note text not null,
  restored_from integer,
  primary key (channel_id, number)
);

create table queues (
  id text primary key,
  unique_name text not null unique,
  settings text not null,
  revision integer not null,
  created_at bigint not null,
  updated_at bigint not null
);

create table skills (
  id text primary key,
  unique_name text not null unique,
  settings text not null,
  revision integer not null,
  created_at bigint not null,
  updated_at bigint not null
);

create table hours (
  id text primary key,
  unique_name text not null unique,
  settings text not null,
  revision integer not null,
  created_at bigint not null,
  updated_at bigint not null
);

create table quick_replies (
  id text primary key,
  unique_name text not null unique,
  settings text not null,
  revision integer not null,
  created_at bigint not null,
  updated_at bigint not null
);

create table agents (
  id text primary key,
  unique_name text not null unique,
  settings text not null,
  revision integer not null,
  created_at bigint not null,
  updated_at bigint not null
);

-- Changes stand in one line, so `position` grows in the order in which they were made.
create table audit (
  position {{serial}},
  id text not null unique,
  at bigint not null,
  agent_id text,
  action text not null,
  noun text not null,
  noun_id text not null,
  change text not null,
  version bigint
);

create index audit_by_time on audit (at, position);
create index audit_by_version on audit (version);

-- How flows are doing is read from indexes alone. Runs that have not come to a good end, by where they stand.
CREATE INDEX flow_runs_standing ON flow_runs (status, key, node, updated_at) WHERE status IN ('running', 'waiting', 'faulted');
-- What ended, when and where: in place of the index by time alone.
CREATE INDEX flow_runs_outcomes ON flow_runs (ended_at, key, version, status, node) WHERE ended_at IS NOT NULL;
DROP INDEX flow_runs_ended;
-- How long an event was waited for, in milliseconds; null: nobody took it, or nobody had counted yet.
ALTER TABLE flow_events ADD COLUMN waited BIGINT;
CREATE INDEX flow_events_waited ON flow_events (at, type, waited) WHERE waited IS NOT NULL;

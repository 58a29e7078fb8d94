-- Finished runs go after a time, their traces and inputs perhaps before. `trace_until`: when those go; null: with the run.
ALTER TABLE flow_runs ADD COLUMN trace_until BIGINT;
CREATE INDEX flow_runs_ended ON flow_runs (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX flow_runs_traced ON flow_runs (trace_until) WHERE trace_until IS NOT NULL;
-- A customer who is erased takes along what their runs were told.
CREATE INDEX flow_events_taken ON flow_events (taken_by) WHERE taken_by IS NOT NULL;

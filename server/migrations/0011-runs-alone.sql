-- What a second run of a flow meets where there is no conversation: those of its key that are not over.
CREATE INDEX flow_runs_alone ON flow_runs (key) WHERE conversation_id IS NULL AND status IN ('running', 'waiting');

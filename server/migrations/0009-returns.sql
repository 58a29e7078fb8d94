-- How customers came back, counted with the event itself. `day` counts from 1970-01-01 in UTC; `because` is empty for none.
CREATE TABLE returns (
  day INTEGER NOT NULL,
  channel_id TEXT NOT NULL,
  way TEXT NOT NULL,
  outcome TEXT NOT NULL,
  because TEXT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (day, channel_id, way, outcome, because)
);

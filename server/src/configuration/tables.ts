/**
 * One configured thing: its settings as JSON beside what the store itself must know. `unique_name` is the lower-case
 * word of which there is one among its kind: a name, an agent's e-mail address, a quick reply's shortcut.
 */
export type SettingsTable = {
  id: string;
  unique_name: string;
  settings: string;
  revision: number;
  created_at: number;
  updated_at: number;
};

/** Tables whose rows have the shape of `SettingsTable`. */
export type SettingsTableName = "queues" | "skills" | "hours" | "quick_replies" | "agents";

export type ConfigurationTables = Record<SettingsTableName, SettingsTable> & {
  /** One row. Every change of the configuration raises it first, and so waits for the change before it. */
  configuration_version: { id: number; version: number };
  /** One row, or none while the store is empty. */
  organisation: { id: number; settings: string };
  channels: {
    id: string;
    unique_name: string;
    draft: string;
    revision: number;
    live: number | null;
    created_at: number;
    updated_at: number;
  };
  deployments: {
    channel_id: string;
    number: number;
    settings: string;
    published_at: number;
    published_by: string | null;
    note: string;
    restored_from: number | null;
  };
  /** The column `position` is the store's own: it counts the rows, and nobody writes it. */
  audit: {
    id: string;
    at: number;
    agent_id: string | null;
    action: string;
    noun: string;
    noun_id: string;
    change: string;
    /** The version of the configuration that the change made; null when it made none, as for a password. */
    version: number | null;
  };
};

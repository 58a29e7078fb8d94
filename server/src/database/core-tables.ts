import type { Generated } from "kysely";

/** The log and what is derived from it. `state` is the JSON of the domain's state; the columns beside it are for queries. */
export type CoreTables = {
  meta: { key: string; value: string };
  counters: { name: string; value: number };
  conversations: {
    id: string;
    channel_id: string;
    customer_id: string;
    status: string;
    session_id: string | null;
    session_status: string | null;
    queue_id: string | null;
    agent_id: string | null;
    last_number: number;
    change: number;
    state: string;
    title: string;
    created_at: number;
    updated_at: number;
  };
  sessions: {
    id: string;
    conversation_id: string;
    number: number;
    first_number: number;
    status: string;
    queue_id: string | null;
    agent_id: string | null;
    priority: number;
    waiting_since: number | null;
    started_at: number;
    active_at: number | null;
    ended_at: number | null;
    ended_by: string | null;
    ended_why: string | null;
    offered: number;
    state: string;
  };
  events: {
    position: Generated<number>;
    conversation_id: string;
    number: number;
    command_id: string | null;
    at: number;
    body: string;
  };
  agent_states: { agent_id: string; lease: number; state: string };
  deadlines: { about: string; kind: string; due_at: number };
  effects: {
    id: string;
    kind: string;
    payload: string;
    due_at: number;
    attempts: number;
    outcome: string | null;
    done_at: number | null;
  };
};

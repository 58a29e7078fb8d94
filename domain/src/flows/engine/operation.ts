import type { Value } from "../expressions/expression.ts";

export type WhereValue = readonly [field: string, operator: string, value: Value];
type Values = Readonly<Record<string, Value>>;
export type As = "agent" | "bot" | "system";

/** What is said, and what may be pressed as an answer. */
export type Said = { text: string; quickReplies: readonly { label: string; value: string | null }[] };

/** Of whom availability is asked, or where a session goes; names or ids as the author wrote them. */
export type Target =
  | { kind: "queue"; queue: string }
  | { kind: "skills"; skills: readonly { skill: string; min: number }[]; queue: string | null }
  | { kind: "agent"; agent: string }
  | { kind: "previousAgent"; within: number | null }
  | { kind: "bot"; bot: string; flow: string; version: number | null };

/** How a form is opened. `inputs` are those of the form's flow. Lengths of time in milliseconds. */
export type FormOpening = {
  flow: string;
  version: number | null;
  conversationId: string;
  inputs: Values;
  prefill: Values;
  live: "values" | "status" | "none";
  suggest: boolean;
  confirmPrefill: boolean;
  submitBy: "customer" | "agent";
  announce: string | null;
  expiresAfter: number | null;
  remindAfter: number | null;
  grace: number;
  acceptLate: "untilCaseClosed" | "never";
  ifOpen: "reuse" | "supersede" | "parallel" | "fail";
  fallback: "ask" | "none";
};

export type FormAction =
  | { do: "focus"; field: string }
  | { do: "hint"; field: string; text: string }
  | { do: "suggest"; field: string; value: Value }
  | { do: "sendBack"; text: string; fields: readonly string[] }
  | { do: "extend"; by: number }
  | { do: "cancel"; text: string | null };

/**
 * What a run wants done, with every formula resolved. The driver does it, once for its id, and answers with a result or
 * a fault. `provenance`: where values come from, by path ("prechat.name" → "carried").
 */
export type Operation =
  | {
      do: "records.get";
      object: string;
      where: readonly WhereValue[];
      sort: readonly (readonly [string, "asc" | "desc"])[];
      limit: number;
      fields: readonly string[] | null;
    }
  | { do: "records.create"; object: string; values: Values; link: readonly string[] }
  | {
      do: "records.update";
      object: string;
      id: string | null;
      where: readonly WhereValue[];
      maxRows: number;
      ifVersion: number | null;
      values: Values;
      provenance: Readonly<Record<string, string>>;
    }
  | {
      do: "message.send";
      conversationId: string;
      as: As;
      text: Said["text"];
      quickReplies: Said["quickReplies"];
      attachments: readonly Value[];
      silent: boolean;
      /** Into another conversation than the run's own: the same in every language that it is written in, for its customer's. */
      inLanguages?: Readonly<Record<string, Said>>;
    }
  | { do: "message.note"; conversationId: string; text: string }
  | { do: "message.draft"; conversationId: string; text: string }
  | {
      do: "prechat.restore";
      from: "first" | "latest";
      of: "conversation" | "customer";
      fields: readonly string[] | null;
      maxAge: number | null;
      overwrite: "empty" | "never" | "always";
      confirm: "none" | "agentBadge" | "askCustomer";
    }
  /** What was taken over from earlier sessions is shown to whoever serves as something to confirm. */
  | { do: "prechat.mark"; facts: Values }
  | {
      do: "session.set";
      attributes: Values;
      tags: readonly string[];
      priority: number | null;
      language: string | null;
    }
  | { do: "session.end"; reason: string | null; message: string | null; close: boolean }
  | { do: "availability"; of: Target }
  | {
      do: "route";
      to: Target;
      priority: number | null;
      size: number | null;
      relaxAfter: number | null;
      waitMax: number | null;
      overflow: string | null;
      reason: string | null;
    }
  | {
      do: "http.call";
      connector: string;
      method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
      path: string;
      query: Values;
      headers: Values;
      body: Value;
      timeoutMs: number;
      retry: { max: number; backoffMs: number; on: readonly string[] };
      maxBytes: number;
      idempotent: boolean;
    }
  | { do: "event.emit"; event: string; key: string; data: Values }
  | { do: "form.open"; form: FormOpening }
  | { do: "form.act"; formId: string; action: FormAction };

export type OperationName = Operation["do"];
export type OperationOf<Name extends OperationName> = Extract<Operation, { do: Name }>;

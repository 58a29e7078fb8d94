import { type Static, Type } from "typebox";
import { closed } from "../closed.ts";
import { FAULT_CODES } from "./faults.ts";
import { HIGHEST_LIMITS } from "./flow-limits.ts";
import { Next, node, values } from "./nodes-common.ts";
import { Condition, FlowDuration, Link, line, named, VariablePath, value } from "./spellings.ts";

/** Longer no operator lets a call take. How long this one may, the linter knows. */
const LONGEST_MS = HIGHEST_LIMITS.httpSeconds * 1000;

/**
 * A request to a connector that an admin made (base address, secrets, hosts and methods allowed). A secret value may go
 * into the body or a header whole, never into the address. `map` takes parts of the JSON answer by JSON pointer.
 */
export const HttpCallNode = node(
  "http.call",
  {
    connector: Type.String({ pattern: "^[a-z][A-Za-z0-9_-]{0,49}$", description: "name of a connector" }),
    method: closed(["GET", "POST", "PUT", "PATCH", "DELETE"]),
    path: Type.String({
      pattern: "^[/=]",
      maxLength: 2001,
      "x-spelling": "text",
      "x-gives": "text",
      "x-takes": "open",
    }),
    query: Type.Optional(values("open")),
    headers: Type.Optional(named("^[A-Za-z][A-Za-z0-9-]{0,99}$", value("secret"))),
    body: Type.Optional(value("secret")),
    timeoutMs: Type.Optional(Type.Integer({ minimum: 100, maximum: LONGEST_MS })),
    retry: Type.Optional(
      Type.Object(
        {
          max: Type.Integer({ minimum: 0, maximum: HIGHEST_LIMITS.httpTries }),
          backoffMs: Type.Optional(Type.Integer({ minimum: 0, maximum: LONGEST_MS })),
          on: Type.Optional(Type.Array(closed(FAULT_CODES), { minItems: 1, maxItems: 20 })),
        },
        { additionalProperties: false },
      ),
    ),
    maxBytes: Type.Optional(Type.Integer({ minimum: 1, maximum: HIGHEST_LIMITS.httpBytes })),
    idempotent: Type.Optional(Type.Boolean()),
    map: Type.Optional(
      named(
        "^[a-z][A-Za-z0-9_]{0,49}(\\.[A-Za-z][A-Za-z0-9_]{0,49}){0,5}$",
        Type.String({ pattern: "^(/[^/]*)*$", maxLength: 200, description: "JSON pointer into the answer" }),
        { "x-keys": "variable" },
      ),
    ),
    next: Next,
  },
  "Calls another system.",
);
export type HttpCallNode = Static<typeof HttpCallNode>;

const EventName = Type.String({ pattern: "^[a-z][A-Za-z0-9_]{0,49}(\\.[a-z][A-Za-z0-9_]{0,49}){0,4}$" });

export const EventEmitNode = node(
  "event.emit",
  { event: EventName, key: line(200), data: Type.Optional(values("open")), next: Next },
  "Tells waiting runs that something happened.",
);
export type EventEmitNode = Static<typeof EventEmitNode>;

const label = Type.Optional(Type.String({ maxLength: 120 }));

/** `when` sees the event's data as `event`; an event for which it is false does not end the wait. */
const ForEvent = Type.Object(
  {
    label,
    event: EventName,
    key: line(200, "private"),
    when: Type.Optional(Condition),
    into: Type.Optional(VariablePath),
    next: Link,
  },
  { additionalProperties: false },
);
const ForTime = Type.Object({ label, after: FlowDuration, next: Link }, { additionalProperties: false });
const UntilTime = Type.Object(
  {
    label,
    at: Type.String({ maxLength: 2001, "x-spelling": "text", "x-gives": "datetime", "x-takes": "private" }),
    next: Link,
  },
  { additionalProperties: false },
);
/** So much time while the named hours are open; without `hours`, those of the channel, or the organisation's first. */
const ForBusinessHours = Type.Object(
  { label, businessHours: FlowDuration, hours: Type.Optional(Type.String({ maxLength: 80 })), next: Link },
  { additionalProperties: false },
);
export const WaitBranch = Type.Union([ForEvent, ForTime, UntilTime, ForBusinessHours]);
export type WaitBranch = Static<typeof WaitBranch>;

export const WaitNode = node(
  "wait",
  { any: Type.Array(WaitBranch, { minItems: 1, maxItems: 20 }) },
  "Waits for the first of several things; the others are forgotten.",
);
export type WaitNode = Static<typeof WaitNode>;

/** The closed lists and bounds of flow/1, apart from the schemas so that a browser carries no schema library. */

export const FORMAT = "flow/1";

export const FLOW_KINDS = ["routing", "screen", "background", "sub"] as const;
export type FlowKind = (typeof FLOW_KINDS)[number];

export const AUDIENCES = ["customer", "agent"] as const;
export type Audience = (typeof AUDIENCES)[number];

export const TRIGGERS = [
  "session.started",
  "session.resumed",
  "session.ended",
  "message.received",
  "case.changed",
  "schedule",
  "agent.button",
  "api",
  "none",
] as const;
export type TriggerWord = (typeof TRIGGERS)[number];

/** What each trigger offers; a flow takes of it the inputs that it declares by these names. `null`: the caller decides. */
export const TRIGGER_INPUTS: Record<TriggerWord, Record<string, string> | null> = {
  "session.started": { session: "record:Session", prechat: "map" },
  "session.resumed": { session: "record:Session", prechat: "map" },
  "session.ended": { session: "record:Session", prechat: "map" },
  "message.received": { session: "record:Session", prechat: "map", message: "map" },
  "case.changed": { caseId: "id:Case", changed: "list<text>" },
  schedule: { dueAt: "datetime" },
  "agent.button": {
    caseId: "id:Case",
    sessionId: "id:Session",
    conversationId: "id:Conversation",
    contactId: "id:Contact",
  },
  api: null,
  none: null,
};

/**
 * What the platform itself says, as a `wait` may name it; what each is about stands in docs/flows.md. What becomes of a
 * form is told to the run that opened it and to nobody else, by `cowork.form` and `cowork.await`.
 */
export const PLATFORM_EVENTS = [
  "session.started",
  "session.assigned",
  "session.transferred",
  "session.resumed",
  "session.ended",
  "message.received",
  "customer.verified",
  "conversation.closed",
  "case.changed",
] as const;

/** What it says to itself. */
const UNHEARD_EVENTS = ["form", "form.asked-again", "session.bot", "run.dismissed"];

/** Whether only the platform itself says that this has happened, or has a flow begin by it: nobody says it in its name. */
export function isPlatformEvent(type: string): boolean {
  return ([...PLATFORM_EVENTS, ...TRIGGERS] as readonly string[]).includes(type) || UNHEARD_EVENTS.includes(type);
}

/** Whether a `wait` may name an event: all but what the platform says to itself alone. */
export function isWaitable(type: string): boolean {
  return !isPlatformEvent(type) || (PLATFORM_EVENTS as readonly string[]).includes(type);
}

export const PRIVACY_CLASSES = ["open", "private", "secret"] as const;
export type Privacy = (typeof PRIVACY_CLASSES)[number];

/** Pictures that may stand beside an option of a choice. */
export const OPTION_ICONS = [
  "bolt",
  "calendar",
  "camera",
  "car",
  "card",
  "cart",
  "chat",
  "clock",
  "document",
  "gift",
  "globe",
  "heart",
  "help",
  "home",
  "laptop",
  "lock",
  "mail",
  "money",
  "parcel",
  "people",
  "person",
  "phone",
  "star",
  "tools",
  "truck",
] as const;
export type OptionIcon = (typeof OPTION_ICONS)[number];

/** Names of variables, nodes, components, inputs. A flow's key is such names joined by dots. */
export const NAME_PATTERN = "^[a-z][A-Za-z0-9_]{0,49}$";
export const KEY_PATTERN = "^[a-z][A-Za-z0-9_]{0,49}(\\.[a-z][A-Za-z0-9_]{0,49}){0,9}$";
/** Names of objects that hold records, such as Case. */
export const OBJECT_PATTERN = "^[A-Z][A-Za-z0-9_]{0,49}$";

/** What flows read as records and the conversation itself holds. An admin may add fields to sessions. */
export const CONVERSATION_OBJECTS = ["Session", "Conversation"] as const;
export function isConversationObject(name: string): boolean {
  return (CONVERSATION_OBJECTS as readonly string[]).includes(name);
}

/** Refused as a name everywhere: looked up carelessly they reach what belongs to the machine, not to the author. */
export const FORBIDDEN_NAMES = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "valueOf",
  "hasOwnProperty",
] as const;

/** Names that formulas find without declaring them; no variable, input or screen may take one. */
export const RESERVED_NAMES = ["runtime", "true", "false", "null", "in"] as const;

/** Where a link may lead besides a node: inside the body of a `loop`, to its next item or out of it. */
export const CONTINUE = "$continue";
export const BREAK = "$break";

export const LIMITS = {
  nodes: 500,
  loopItems: 2_000,
  visits: 100,
  stepsPerRun: 10_000,
  reservedSteps: 500,
  stepsPerBurst: 200,
  subflowDepth: 10,
  formsPerRun: 50,
  variablesBytes: 256 * 1024,
  valueBytes: 64 * 1024,
  messagesPerMinute: 20,
  messagesPerRun: 200,
  /** Bots that may pass a session on to each other without anybody else having had it. */
  botsInARow: 5,
  /** Of one formula. */
  formulaCharacters: 2_000,
  formulaParts: 500,
  formulaDepth: 40,
  formulaSteps: 10_000,
  httpSeconds: 30,
  httpDefaultTimeoutMs: 5_000,
  /** Beside the first. */
  httpTries: 5,
  httpBytes: 256 * 1024,
  recordsPerGet: 200,
  /** ISO 8601; a run without its own `maxDuration` lives so long, and none longer than `longest`. */
  duration: "P30D",
  longestDuration: "P400D",
  /** Of a routing flow without its own `maxDuration`. */
  routingSeconds: 30,
} as const;

export const NODE_TYPES = [
  "decision",
  "assign",
  "loop",
  "subflow",
  "end",
  "records.get",
  "records.create",
  "records.update",
  "message.send",
  "message.note",
  "message.draft",
  "ask",
  "prechat.restore",
  "session.set",
  "session.end",
  "availability",
  "route",
  "http.call",
  "event.emit",
  "wait",
  "screen",
  "cowork.form",
  "cowork.open",
  "cowork.await",
  "cowork.act",
] as const;
export type NodeType = (typeof NODE_TYPES)[number];

/** The fields of a node that hold one link each, in the order in which they are read. */
export const OUTCOMES = {
  decision: ["else"],
  assign: ["next"],
  loop: ["body", "empty", "next"],
  subflow: ["next"],
  end: [],
  "records.get": ["next", "notFound"],
  "records.create": ["next"],
  "records.update": ["next", "notFound"],
  "message.send": ["next"],
  "message.note": ["next"],
  "message.draft": ["next", "noAgent"],
  ask: ["next", "gaveUp", "timeout"],
  "prechat.restore": ["next", "nothing"],
  "session.set": ["next"],
  "session.end": ["next"],
  availability: ["next"],
  route: ["next", "unavailable", "timeout"],
  "http.call": ["next"],
  "event.emit": ["next"],
  wait: [],
  screen: ["next", "cancelled", "expired"],
  "cowork.form": ["next", "cancelled", "expired", "superseded", "corrected"],
  "cowork.open": ["next"],
  "cowork.await": ["next", "cancelled", "expired", "superseded", "corrected"],
  "cowork.act": ["next", "closed"],
} as const satisfies Record<NodeType, readonly string[]>;

export const FIELD_KINDS = [
  "text",
  "longText",
  "email",
  "phone",
  "url",
  "number",
  "money",
  "date",
  "time",
  "datetime",
  "duration",
  "choice",
  "boolean",
  "consent",
  "rating",
  "address",
  "file",
  "signature",
  "secret",
  "payment",
] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];
export const DISPLAY_KINDS = ["display", "image", "heading", "divider", "answers"] as const;
export const CONTAINER_KINDS = ["group", "repeat"] as const;
export type ComponentKind = FieldKind | (typeof DISPLAY_KINDS)[number] | (typeof CONTAINER_KINDS)[number];

import { type Static, Type } from "typebox";
import { closed } from "../closed.ts";
import { HIGHEST_LIMITS, type LowerableLimit } from "./flow-limits.ts";
import {
  AskNode,
  MessageDraftNode,
  MessageNoteNode,
  MessageSendNode,
  PrechatRestoreNode,
  SessionEndNode,
  SessionSetNode,
} from "./nodes-conversation.ts";
import { AssignNode, DecisionNode, EndNode, LoopNode, SubflowNode } from "./nodes-logic.ts";
import { EventEmitNode, HttpCallNode, WaitNode } from "./nodes-outside.ts";
import { RecordsCreateNode, RecordsGetNode, RecordsUpdateNode } from "./nodes-records.ts";
import { AvailabilityNode, RouteNode } from "./nodes-routing.ts";
import { CoworkActNode, CoworkAwaitNode, CoworkFormNode, CoworkOpenNode, ScreenNode } from "./nodes-screens.ts";
import { LiteralDuration, named, text } from "./spellings.ts";
import { Trigger } from "./trigger.ts";
import { Variables } from "./variables.ts";
import { AUDIENCES, FLOW_KINDS, FORMAT, KEY_PATTERN, NAME_PATTERN, type NodeType } from "./words.ts";

export const FlowNode = Type.Union([
  DecisionNode,
  AssignNode,
  LoopNode,
  SubflowNode,
  EndNode,
  RecordsGetNode,
  RecordsCreateNode,
  RecordsUpdateNode,
  MessageSendNode,
  MessageNoteNode,
  MessageDraftNode,
  AskNode,
  PrechatRestoreNode,
  SessionSetNode,
  SessionEndNode,
  AvailabilityNode,
  RouteNode,
  HttpCallNode,
  EventEmitNode,
  WaitNode,
  ScreenNode,
  CoworkFormNode,
  CoworkOpenNode,
  CoworkAwaitNode,
  CoworkActNode,
]);
export type FlowNode = Static<typeof FlowNode>;

/** The node of one type: `NodeOf<"route">`. */
export type NodeOf<T extends NodeType> = Extract<FlowNode, { type: T }>;

/** The fault path of a run must have room for what it speaks of. */
const LEAST_BYTES = 4_096;

const most = (maximum: number, minimum = 1) => Type.Optional(Type.Integer({ minimum, maximum }));

/** Limits of a run that are lower than what the operator allows; those of the run's own flow count, whatever subflow it is in. */
const FlowSettingsLimits = Type.Object(
  {
    visits: most(HIGHEST_LIMITS.visits),
    loopItems: most(HIGHEST_LIMITS.loopItems),
    subflowDepth: most(HIGHEST_LIMITS.subflowDepth),
    formsPerRun: most(HIGHEST_LIMITS.formsPerRun),
    variablesBytes: most(HIGHEST_LIMITS.variablesBytes, LEAST_BYTES),
    valueBytes: most(HIGHEST_LIMITS.valueBytes),
    messagesPerMinute: most(HIGHEST_LIMITS.messagesPerMinute),
    messagesPerRun: most(HIGHEST_LIMITS.messagesPerRun),
    stepsPerBurst: most(HIGHEST_LIMITS.stepsPerBurst),
    reservedSteps: most(HIGHEST_LIMITS.reservedSteps),
    formulaCharacters: most(HIGHEST_LIMITS.formulaCharacters),
    formulaParts: most(HIGHEST_LIMITS.formulaParts),
    formulaDepth: most(HIGHEST_LIMITS.formulaDepth),
    formulaSteps: most(HIGHEST_LIMITS.formulaSteps),
    httpSeconds: most(HIGHEST_LIMITS.httpSeconds),
    httpBytes: most(HIGHEST_LIMITS.httpBytes),
    httpTries: most(HIGHEST_LIMITS.httpTries, 0),
  } satisfies Record<LowerableLimit, unknown>,
  { additionalProperties: false },
);

const NodeLink = Type.String({ pattern: NAME_PATTERN, "x-names": "node" });

/**
 * `scope` says what ends the run with it, `owner` who acts in it, `concurrency` what a second run of the flow meets that
 * is about the same: its conversation, else its case or contact, else nothing but the flow. Durations are ISO 8601.
 */
export const FlowSettings = Type.Object(
  {
    scope: Type.Optional(closed(["session", "conversation"])),
    owner: Type.Optional(closed(["system", "sessionAgent", "starter"])),
    concurrency: Type.Optional(closed(["queue", "replace", "reject", "parallel"])),
    maxDuration: Type.Optional(LiteralDuration),
    maxSteps: Type.Optional(Type.Integer({ minimum: 1, maximum: HIGHEST_LIMITS.stepsPerRun })),
    limits: Type.Optional(FlowSettingsLimits),
    onFault: Type.Optional(NodeLink),
    onExpired: Type.Optional(NodeLink),
    trace: Type.Optional(closed(["off", "base", "values"])),
    /** How long the trace of a finished run is kept. */
    keepTrace: Type.Optional(LiteralDuration),
  },
  { additionalProperties: false },
);
export type FlowSettings = Static<typeof FlowSettings>;

/** One flow: the whole file. The order of the properties is the order in a saved file. */
export const Flow = Type.Object(
  {
    $schema: Type.Literal(FORMAT),
    key: Type.String({ pattern: KEY_PATTERN, description: "names joined by dots, such as route.webchat" }),
    kind: closed(FLOW_KINDS),
    audience: Type.Optional(closed(AUDIENCES)),
    title: Type.Optional(text(120)),
    description: Type.Optional(Type.String({ maxLength: 4000 })),
    tags: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 30 })),
    trigger: Type.Optional(Trigger),
    inputs: Type.Optional(Variables),
    outputs: Type.Optional(Variables),
    vars: Type.Optional(Variables),
    settings: Type.Optional(FlowSettings),
    start: Type.String({ pattern: NAME_PATTERN, "x-names": "node" }),
    nodes: named(NAME_PATTERN, FlowNode, { minProperties: 1 }),
  },
  { additionalProperties: false, title: "Clew flow", description: "A flow of Clew, format flow/1." },
);
export type Flow = Omit<Static<typeof Flow>, "nodes"> & { nodes: Record<string, FlowNode> };

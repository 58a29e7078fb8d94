import type { Flow } from "@clew/contract/flows/definition";
import { limitOf, type RaisedLimits } from "@clew/contract/flows/flow-limits";
import { LIMITS } from "@clew/contract/flows/words";
import { exactMilliseconds, parseDuration } from "../expressions/durations.ts";
import type { Value } from "../expressions/expression.ts";
import { type Frame, type Run, RunFault, type Values } from "./run.ts";

const MONTH_MS = 30 * 24 * 3_600_000;

/** A flow at its start, with its inputs. Throws `RunFault` "validation" when one that is required is missing. */
export function newFrame(flow: Flow, version: number, given: Values): Frame {
  const values: Values = {};
  for (const [name, { default: usual, required }] of Object.entries(flow.inputs ?? {})) {
    const value = Object.hasOwn(given, name) ? (given[name] ?? null) : null;
    if (value === null && usual === undefined && required)
      throw new RunFault("validation", `${flow.key} needs the input ${name}`);
    values[name] = value ?? (usual as Value | undefined) ?? null;
  }
  for (const [name, { default: usual }] of Object.entries(flow.vars ?? {})) values[name] = (usual as Value) ?? null;
  return {
    key: flow.key,
    version,
    node: flow.start,
    stage: null,
    values,
    labels: {},
    provenance: {},
    visits: {},
    loops: [],
    screens: [],
    inFaultPath: false,
  };
}

export type NewRun = {
  id: string;
  flow: Flow;
  version: number;
  inputs: Values;
  conversationId: string | null;
  sessionId: string | null;
  /** Versions of flows that are bound when the run starts. */
  resolved: Record<string, number>;
  locale: string;
  zone: string;
  /** Of its channel, if that keeps hours. */
  hours?: string | null | undefined;
  now: number;
  /** It is a bot of this name: it lives as long as a conversation may, of whatever kind its flow is. */
  bot?: string;
  /** What the operator lets runs use beyond the usual. */
  limits?: RaisedLimits | undefined;
};

/** A run before its first step. Throws `RunFault` as `newFrame` does. */
export function newRun(given: NewRun): Run {
  const { id, flow, version, inputs, conversationId, sessionId, resolved, locale, zone, hours, now, bot, limits } =
    given;
  return {
    id,
    status: "running",
    frames: [newFrame(flow, version, inputs)],
    blocked: null,
    steps: 0,
    messages: { recent: [], total: 0 },
    limited: false,
    fault: null,
    failed: null,
    expired: false,
    out: {},
    outLabels: {},
    resolved,
    opened: [],
    heard: [],
    locale,
    zone,
    ...(hours ? { hours } : {}),
    conversationId,
    sessionId,
    ...(bot === undefined ? {} : { bot }),
    startedAt: now,
    deadlineAt: now + lifeOf(flow, bot !== undefined, limits),
  };
}

/** How long a run of the flow may live, in milliseconds. */
export function lifeOf({ kind, settings }: Flow, isBot: boolean, limits?: RaisedLimits): number {
  const longest = length(LIMITS.longestDuration);
  const usual = kind === "routing" && !isBot ? `PT${limitOf("routingSeconds", limits)}S` : LIMITS.duration;
  return Math.min(length(settings?.maxDuration ?? usual), longest);
}

function length(text: string): number {
  const duration = parseDuration(text);
  if (!duration) throw new Error(`${text} is no length of time`);
  return exactMilliseconds(duration) ?? duration.months * MONTH_MS;
}

import { LIMITS } from "./words.ts";

/**
 * How far the operator may raise what a run may use; without a word each limit is that of `LIMITS`. A flow may only go
 * below it, by its settings. Sizes in characters of JSON.
 */
export const HIGHEST_LIMITS = {
  stepsPerRun: 100_000,
  visits: 10_000,
  loopItems: 20_000,
  subflowDepth: 50,
  variablesBytes: 4 * 1024 * 1024,
  valueBytes: 1024 * 1024,
  messagesPerMinute: 600,
  messagesPerRun: 10_000,
  routingSeconds: 3_600,
} as const;
export type FlowLimit = keyof typeof HIGHEST_LIMITS;
export const FLOW_LIMITS = Object.keys(HIGHEST_LIMITS) as readonly FlowLimit[];
/** What the operator has raised. */
export type RaisedLimits = { readonly [name in FlowLimit]?: number };

/** Those that a flow names under `limits`; it lowers steps by `maxSteps`, time by `maxDuration`. */
export type LowerableLimit = Exclude<FlowLimit, "stepsPerRun" | "routingSeconds">;

/** What an installation lets runs use. */
export function limitOf(name: FlowLimit, raised: RaisedLimits | undefined): number {
  return raised?.[name] ?? LIMITS[name];
}

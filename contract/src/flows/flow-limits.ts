import { LIMITS } from "./words.ts";

/**
 * How far the operator may raise what a flow may be and its runs may use; without a word each limit is that of `LIMITS`. A
 * flow may only go below it, by its settings. Sizes in characters of JSON, of HTTP answers in bytes.
 */
export const HIGHEST_LIMITS = {
  stepsPerRun: 100_000,
  reservedSteps: 10_000,
  stepsPerBurst: 2_000,
  visits: 10_000,
  loopItems: 20_000,
  subflowDepth: 50,
  formsPerRun: 1_000,
  variablesBytes: 4 * 1024 * 1024,
  valueBytes: 1024 * 1024,
  messagesPerMinute: 600,
  messagesPerRun: 10_000,
  routingSeconds: 3_600,
  formulaCharacters: 10_000,
  formulaParts: 1_000,
  formulaDepth: 100,
  formulaSteps: 200_000,
  httpSeconds: 120,
  httpBytes: 4 * 1024 * 1024,
  httpTries: 20,
  nodes: 2_000,
} as const;
export type FlowLimit = keyof typeof HIGHEST_LIMITS;
export const FLOW_LIMITS = Object.keys(HIGHEST_LIMITS) as readonly FlowLimit[];
/** What the operator has raised. */
export type RaisedLimits = { readonly [name in FlowLimit]?: number };

/** Those that a flow names under `limits`; it lowers steps by `maxSteps`, time by `maxDuration`, and has the nodes it has. */
export type LowerableLimit = Exclude<FlowLimit, "stepsPerRun" | "routingSeconds" | "nodes">;

/** What an installation lets runs use. */
export function limitOf(name: FlowLimit, raised: RaisedLimits | undefined): number {
  return raised?.[name] ?? LIMITS[name];
}

/** "messagesPerMinute=60, loopItems=5000" as limits that are raised; or what is wrong with it, as the end of a sentence. */
export function readLimits(text: string): RaisedLimits | string {
  const raised: { [name in FlowLimit]?: number } = {};
  for (const part of text.split(",").map((each) => each.trim())) {
    const [, written, number] = /^([A-Za-z]+) *= *(\d{1,9})$/.exec(part) ?? [];
    if (!written) return 'is not a list such as "messagesPerMinute=60, loopItems=5000"';
    const name = FLOW_LIMITS.find((one) => one === written);
    if (!name) return `has no limit called ${written}: there are ${FLOW_LIMITS.join(", ")}`;
    const [least, most] = [LIMITS[name], HIGHEST_LIMITS[name]];
    if (Number(number) < least || Number(number) > most || name in raised)
      return `has ${name} as ${number}: it is raised once, from ${least} to at most ${most}`;
    raised[name] = Number(number);
  }
  return raised;
}

import type { Flow } from "@clew/contract/flows/definition";

/** Waits for the payment of its order, a day at most. */
export function waitingFlow(on: "none" | "agent.button"): Flow {
  return {
    $schema: "flow/1",
    key: "bench.waits",
    kind: "background",
    ...(on === "none" ? {} : { trigger: { on, where: ["case"], label: "Wait" } }),
    inputs: { order: { type: "text", default: "none" } },
    start: "wait",
    nodes: {
      wait: {
        type: "wait",
        any: [
          { event: "bench.paid", key: "{{order}}", next: "done" },
          { after: "P1D", next: "done" },
        ],
      },
      done: { type: "end" },
    },
  } as unknown as Flow;
}

/** Fields that the customer types in, and fields that the agent does. */
export const FIELDS = 5;
export const THANKS = "Thank you.";

const text = (id: string, more: object = {}) => ({ id, kind: "text", label: id, maxLength: 500, ...more });
const numbers = Array.from({ length: FIELDS }, (_, index) => index + 1);

export const FORM: Flow = {
  $schema: "flow/1",
  key: "bench.form",
  kind: "screen",
  audience: "customer",
  title: "Some questions",
  outputs: { first: { type: "text?" } },
  start: "ask",
  nodes: {
    ask: {
      type: "screen",
      title: "Some questions",
      components: [
        ...numbers.map((number) => text(`customer${number}`)),
        ...numbers.map((number) => text(`agent${number}`, { edit: "both" })),
      ],
      next: "done",
    },
    done: { type: "end", out: { first: "=ask.customer1" } },
  },
} as unknown as Flow;

/** What the agent presses: opens the form, and thanks for it once it is sent. */
export const SCRIPT: Flow = {
  $schema: "flow/1",
  key: "bench.script",
  kind: "screen",
  audience: "agent",
  title: "Ask some questions",
  trigger: { on: "agent.button", where: ["session"], label: "Ask" },
  vars: { answers: { type: "map?" } },
  settings: { scope: "conversation" },
  start: "ask",
  nodes: {
    ask: {
      type: "cowork.form",
      flow: "bench.form",
      live: "values",
      suggest: true,
      expires: "PT2H",
      into: "answers",
      next: "thank",
      cancelled: "end",
      expired: "end",
    },
    thank: { type: "message.send", as: "bot", text: THANKS, next: "end" },
    end: { type: "end" },
  },
} as unknown as Flow;

/** A decision that leads back to itself until its visits are used up; then it takes its path for faults. */
export const LOOP: Flow = {
  $schema: "flow/1",
  key: "bench.loop",
  kind: "background",
  trigger: { on: "agent.button", where: ["session"], label: "Loop" },
  settings: { onFault: "sorry" },
  start: "spin",
  nodes: {
    spin: { type: "decision", branches: [{ when: "=visits('spin') > 0", next: "spin" }], else: "sorry" },
    sorry: { type: "end", outcome: "failed" },
  },
} as unknown as Flow;

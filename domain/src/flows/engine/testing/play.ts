import type { Flow } from "@clew/contract/flows/definition";
import { advance } from "../advance.ts";
import type { Given, Input, TraceStep } from "../given.ts";
import { newRun } from "../new-run.ts";
import type { Operation, OperationName, OperationOf } from "../operation.ts";
import type { Blocked, Run, Values } from "../run.ts";

type Answer = { outcome?: string; value?: unknown } | { fault: "timeout" | "http.5xx" | "conflict" | "forbidden" };
type Doers = { [Name in OperationName]?: (operation: OperationOf<Name>) => Answer };

type Play = {
  flow: Flow;
  inputs?: Values;
  others?: readonly Flow[];
  doers?: Doers;
  checkScreen?: Given["checkScreen"];
  checkAnswer?: Given["checkAnswer"];
  now?: number;
  hours?: string;
  openTime?: Given["openTime"];
  limits?: Given["limits"];
  sessionId?: string | null;
  /** It lets other runs have their turn. */
  onYield?: () => void;
};

/** A run under a fake clock, with somebody who does what it wants. Everything done is kept in order. */
export function play({
  flow,
  inputs = {},
  others = [],
  doers = {},
  checkScreen,
  checkAnswer,
  now,
  hours,
  openTime,
  limits,
  sessionId = "s1",
  onYield,
}: Play) {
  const flows = new Map([flow, ...others].map((one) => [one.key, one]));
  let made = 0;
  const given: Given = {
    now: now ?? 1_800_000_000_000,
    limits,
    newId: () => `id-${++made}`,
    flow: (key) => flows.get(key) ?? null,
    locked: (_key, _version, called) => (flows.has(called) ? 1 : null),
    openTime: openTime ?? ((_hours, length, from) => from + 2 * length),
    asset: (name) => `/assets/${name}`,
    checkScreen: checkScreen ?? ((_node, values) => ({ ok: true, values, labels: {} })),
    checkAnswer: checkAnswer ?? ((_component, text) => ({ ok: true, value: text, label: null })),
  };
  const done: Operation[] = [];
  const trace: TraceStep[] = [];
  let run: Run = newRun({
    id: "run-1",
    flow,
    version: 1,
    inputs,
    conversationId: "c1",
    sessionId,
    resolved: {},
    locale: "en",
    zone: "Europe/Vienna",
    hours,
    now: given.now,
    limits,
  });

  function put(input: Input): boolean {
    const advanced = advance(run, input, given);
    run = advanced.run;
    trace.push(...advanced.trace);
    return advanced.taken;
  }

  /** Does all that can be done at once, until the run waits for somebody or something. */
  function go(input: Input): void {
    put(input);
    for (;;) {
      const { blocked } = run;
      if (blocked?.kind === "yield") {
        onYield?.();
        put({ type: "continue" });
      } else if (blocked?.kind === "operation") {
        const { operation, id } = blocked;
        done.push(operation);
        const doer = doers[operation.do] as ((operation: Operation) => Answer) | undefined;
        if (!doer) throw new Error(`nobody does ${operation.do}`);
        const answer = doer(operation);
        put(
          "fault" in answer
            ? { type: "fault", id, code: answer.fault, message: "made by the test" }
            : ({ type: "result", id, ...answer } as Input),
        );
      } else return;
    }
  }

  go({ type: "begin" });
  const waiting = () => run.blocked as Extract<Blocked, { kind: "wait" }>;
  return {
    given,
    done,
    trace,
    go,
    put,
    get run() {
      return run;
    },
    get path() {
      return trace.map(({ node }) => node);
    },
    /** An event comes for what the run waits for; false when it waits for no such event. */
    event(type: string, data: unknown): boolean {
      const wait = run.blocked?.kind === "wait" ? waiting().waits.find(({ event }) => event?.type === type) : undefined;
      if (!wait) return false;
      go({ type: "event", id: waiting().id, branch: wait.branch, data: data as never });
      return true;
    },
    /** Time passes; what is due first comes first. */
    pass(milliseconds: number): void {
      given.now += milliseconds;
      if (run.blocked?.kind !== "wait") return;
      const due = waiting()
        .waits.filter(({ dueAt }) => dueAt !== undefined && dueAt <= given.now)
        .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))[0];
      if (due) go({ type: "due", id: waiting().id, branch: due.branch });
    },
    answer(button: "next" | "back" | "save" | "cancel", values: Values = {}) {
      const id = run.blocked?.kind === "screen" ? run.blocked.id : "";
      go({ type: "answer", id, button, values });
    },
  };
}

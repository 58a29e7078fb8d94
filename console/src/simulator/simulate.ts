import type { Flow } from "@clew/contract/flows/definition";
import type { FaultCode } from "@clew/contract/flows/faults";
import { advance } from "@clew/domain/flows/engine/advance";
import type { Input } from "@clew/domain/flows/engine/given";
import { newRun } from "@clew/domain/flows/engine/new-run";
import { isOver, type Run, RunFault, type Values, type Wait } from "@clew/domain/flows/engine/run";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { fallenBack, nextBot } from "./bots.ts";
import { type ButtonOf, dueForms, sentForm, shownForms } from "./forms.ts";
import { givenBy, idFor } from "./given.ts";
import { doneBy } from "./operations.ts";
import { CONVERSATION, type Said, SESSION, type Setup, type Simulation } from "./state.ts";

/** What one does in a simulation. `form` acts are the customer's, except `suggest`, `hint` and `sendBack`. */
export type Act =
  | { act: "answer"; button: ButtonOf; values: Values }
  | { act: "say"; text: string }
  | { act: "event"; branch: string; data: Value }
  | { act: "pass"; milliseconds: number }
  | { act: "skip" }
  | { act: "fault"; node: string; code: FaultCode | null }
  | { act: "retry" }
  | { act: "cancel" }
  | { act: "form.type"; form: string; values: Values }
  | { act: "form.send"; form: string; values: Values }
  | { act: "form.cancel"; form: string }
  | { act: "form.suggest"; form: string; field: string; value: Value }
  | { act: "form.settle"; form: string; field: string }
  | { act: "form.hint"; form: string; field: string; text: string }
  | { act: "form.sendBack"; form: string; text: string };

/** A flow begun on made-up records. What it wants done is done in the simulation alone. */
export function simulate({ flow, others, inputs, records, now, limits = {} }: Setup): Simulation {
  const blank: Simulation = {
    flow,
    others,
    run: null,
    refused: null,
    now,
    made: 0,
    trace: [],
    effects: [],
    forms: [],
    talk: [],
    records,
    limits,
    inputs,
    bot: null,
    faults: {},
    problems: {},
  };
  try {
    const run = begun(blank, { id: SESSION.replace(/.$/, "0"), flow });
    return put({ ...blank, run }, { type: "begin" });
  } catch (error) {
    if (error instanceof RunFault) return { ...blank, refused: error.message };
    throw error;
  }
}

function begun({ others, inputs, now, limits }: Simulation, more: { id: string; flow: Flow; bot?: string }): Run {
  return newRun({
    version: 1,
    inputs,
    conversationId: CONVERSATION,
    sessionId: SESSION,
    resolved: Object.fromEntries(others.map(({ key }) => [key, 1])),
    locale: "en",
    zone: "UTC",
    now,
    limits,
    ...more,
  });
}

export function act(simulation: Simulation, given: Act): Simulation {
  const { run } = simulation;
  switch (given.act) {
    case "answer":
      return run?.blocked?.kind === "screen"
        ? put(simulation, { type: "answer", id: run.blocked.id, button: given.button, values: given.values })
        : simulation;
    case "say":
      return heard(said(simulation, "customer", given.text), "message.received", { text: given.text });
    case "event":
      return run?.blocked?.kind === "wait"
        ? put(simulation, { type: "event", id: run.blocked.id, branch: given.branch, data: given.data })
        : simulation;
    case "pass":
      return passed(simulation, simulation.now + given.milliseconds);
    case "skip": {
      const next = nextDue(simulation);
      return next === null ? simulation : passed(simulation, next);
    }
    case "fault": {
      const { [given.node]: _, ...faults } = simulation.faults;
      return { ...simulation, faults: given.code === null ? faults : { ...faults, [given.node]: given.code } };
    }
    case "retry":
    case "cancel":
      return put(simulation, { type: given.act });
    default: {
      const changed = sentForm(simulation, given);
      return changed.over ? formOver(changed.simulation, given.form) : changed.simulation;
    }
  }
}

/** The moment at which something happens by itself next; null: nothing does. */
export function nextDue({ run, forms, now }: Simulation): number | null {
  const waits = run?.blocked?.kind === "wait" ? run.blocked.waits : [];
  const times = [
    ...waits.flatMap(({ dueAt }) => dueAt ?? []),
    ...forms.flatMap(({ state, expiresAt, remindAt }) =>
      state === "open" ? [expiresAt ?? [], remindAt ?? []].flat() : [],
    ),
    ...(run && !isOver(run) ? [run.deadlineAt] : []),
  ];
  const coming = times.filter((time) => time >= now);
  return coming.length === 0 ? null : Math.min(...coming);
}

/** Time passes up to a moment; what is due on the way happens in its order. */
function passed(simulation: Simulation, until: number): Simulation {
  let now = simulation;
  // More things than this in one go are a flow that runs in a circle.
  for (let round = 0; round < 200; round += 1) {
    const next = nextDue(now);
    if (next === null || next > until) break;
    const before = { ...now, now: next };
    const blocked = before.run?.blocked;
    const wait =
      blocked?.kind === "wait" ? blocked.waits.find(({ dueAt }) => dueAt !== undefined && dueAt <= next) : null;
    const form = dueForms(before, next);
    if (form) now = form.over ? formOver(form.simulation, form.id) : form.simulation;
    else if (wait && blocked?.kind === "wait") now = put(before, { type: "due", id: blocked.id, branch: wait.branch });
    else now = put(before, { type: "expire" });
  }
  return { ...now, now: Math.max(until, now.now) };
}

/**
 * A form is sent or will not be: the run hears of it, if it waits for it. One that was sent back is told to a run that has
 * gone past it as well, as answers that were corrected.
 */
function formOver(simulation: Simulation, id: string): Simulation {
  const shown = shownForms(simulation).find((one) => one.form.id === id);
  if (!shown) return simulation;
  const after = heard(simulation, "form", shown.outcome, id);
  const corrects = shown.form.state === "submitted" && shown.form.revision > 1 && after === simulation;
  return corrects ? put(simulation, { type: "corrected", formId: id, data: shown.outcome }) : after;
}

function heard(simulation: Simulation, type: string, data: Value, key?: string): Simulation {
  const { run } = simulation;
  if (run?.blocked?.kind !== "wait") return simulation;
  const fits = ({ event }: Wait) => event?.type === type && (key === undefined || event.key === key);
  const wait = run.blocked.waits.find(fits);
  return wait ? put(simulation, { type: "event", id: run.blocked.id, branch: wait.branch, data }) : simulation;
}

export function said(simulation: Simulation, by: Said["by"], text: string): Simulation {
  return { ...simulation, talk: [...simulation.talk, { by, text, at: simulation.now }] };
}

/** An input, and after it all that needs nobody. */
function put(simulation: Simulation, input: Input): Simulation {
  let now = once(simulation, input);
  for (let round = 0; round < 1_000; round += 1) {
    const blocked = now.run?.blocked;
    if (blocked?.kind === "yield") now = once(now, { type: "continue" });
    else if (blocked?.kind === "operation") {
      const done = doneBy(now, blocked);
      now = once(done.simulation, done.input);
    } else {
      const bot = nextBot(now);
      if (!bot) return fallenBack(now);
      now = botBegun(now, bot);
    }
  }
  return now;
}

/** The run of a bot takes the place of the one that gave it the session. */
function botBegun(simulation: Simulation, { name, turn, flow }: NonNullable<ReturnType<typeof nextBot>>): Simulation {
  const made = simulation.made + 1;
  const bot = { name, turn, flow: flow.key, begun: true };
  try {
    const run = begun(simulation, { id: idFor(made), flow, bot: name });
    return once({ ...simulation, made, bot, run }, { type: "begin" });
  } catch (error) {
    if (error instanceof RunFault) return said({ ...simulation, bot: null }, "note", error.message);
    throw error;
  }
}

function once(simulation: Simulation, input: Input): Simulation {
  const { run, trace } = simulation;
  if (!run) return simulation;
  const count = { made: simulation.made };
  const advanced = advance(run, input, givenBy(simulation, count));
  const problems = ("problems" in advanced && advanced.problems) || {};
  return { ...simulation, run: advanced.run, made: count.made, trace: [...trace, ...advanced.trace], problems };
}

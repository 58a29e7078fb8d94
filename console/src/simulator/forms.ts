import type { FormEntry, ReceiptAnswer } from "@clew/contract/flows/entries";
import type { FieldView } from "@clew/contract/flows/form-live";
import type { FormOpening, OperationOf } from "@clew/domain/flows/engine/operation";
import type { Values } from "@clew/domain/flows/engine/run";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { checkScreen } from "@clew/domain/flows/screens/check";
import { askedIn } from "@clew/domain/flows/screens/components";
import { type FormFlows, type FormPath, formPath } from "@clew/domain/flows/screens/form-path";
import { checkPage } from "@clew/domain/flows/screens/page";
import type { Shown } from "@clew/domain/flows/screens/present";
import { agentMaySee } from "@clew/domain/flows/screens/privacy";
import { receiptAnswers } from "@clew/domain/flows/screens/receipt";
import type { SimulatedForm, Simulation } from "./state.ts";

export type ButtonOf = "next" | "back" | "save" | "cancel";
type FormAct =
  | { act: "form.type" | "form.send"; form: string; values: Values }
  | { act: "form.cancel"; form: string }
  | { act: "form.suggest"; form: string; field: string; value: Value }
  | { act: "form.settle"; form: string; field: string }
  | { act: "form.hint"; form: string; field: string; text: string }
  | { act: "form.sendBack"; form: string; text: string };
type Changed = { simulation: Simulation; over: boolean };

/** A form with where it stands, and what its run hears when it is over. */
export type ShownForm = { form: SimulatedForm; path: FormPath | null; outcome: Value };

export function shownForms(simulation: Simulation): ShownForm[] {
  return simulation.forms.map((form) => {
    const path = pathFor(simulation, form);
    const over = form.state !== "submitted" || !path;
    const outcome: Value = over
      ? { outcome: form.state, by: form.state === "expired" ? "system" : "customer" }
      : {
          outcome: "submitted",
          answers: path.outputs,
          labels: path.labels,
          receipt: {
            id: form.id,
            number: form.id,
            at: new Date(simulation.now).toISOString(),
            by: "customer",
            revision: form.revision,
          },
        };
    return { form, path, outcome };
  });
}

/** What the agent sees of the open page, by the privacy of each field and by how live the form is. */
export function fieldsSeen({ form, path }: ShownForm, shown: Shown): Record<string, FieldView> {
  const step = path?.current;
  if (!step) return {};
  const page = checkPage(step.screen.components, form.typed, { scope: step.scope, shown });
  const hidden = askedIn(step.screen.components).flatMap(({ question: { id } }): [string, FieldView][] => {
    const field = `${step.node}.${id}`;
    const nothing = { field, status: "empty", visible: false, by: "flow", source: "typed", seq: 0, at: 0 } as const;
    return page.fields.has(id) ? [] : [[field, nothing]];
  });
  const asked = [...page.fields].map(([id, { question, status }]): [string, FieldView] => {
    const field = `${step.node}.${id}`;
    const told = form.opening.live === "values" && agentMaySee(question) === "value";
    const value = told && Object.hasOwn(form.typed, id) ? { value: form.typed[id] } : {};
    return [field, { field, status, visible: true, by: "customer", source: "typed", seq: 0, at: 0, ...value }];
  });
  return Object.fromEntries([...hidden, ...asked]);
}

/** The form as an entry of its conversation would show it. */
export function entryOf({ form, path }: ShownForm, title: string): FormEntry {
  const { id, opening, state, revision, remark, expiresAt, remindAt } = form;
  const questions = path?.current
    ? checkPage(path.current.screen.components, {}, { scope: path.current.scope, shown: SHOWN }).fields.size
    : 0;
  const flow = { key: opening.flow, version: 1 };
  const live = opening.live;
  return {
    id,
    flow,
    title,
    questions,
    state,
    revision,
    live,
    openedAt: 0,
    expiresAt,
    remindAt,
    remark: remark === null ? null : { text: remark, fields: [] },
    receipt: null,
  };
}

const SHOWN: Shown = { now: 0, zone: "UTC", locale: "en" };

function pathFor(simulation: Simulation, { opening, answers }: SimulatedForm): FormPath | null {
  const flows = flowsOf(simulation, opening);
  return flows && formPath(flows, opening.inputs, answers, { ...SHOWN, now: simulation.now });
}

function flowsOf({ others }: Simulation, opening: FormOpening): FormFlows | null {
  const flow = others.find(({ key }) => key === opening.flow);
  if (!flow) return null;
  const flows = new Map(others.map((one) => [one.key, one]));
  return {
    flow,
    version: 1,
    subflow: (key) => flows.get(key) ?? null,
    locked: (_key, _version, called) => (flows.has(called) ? 1 : null),
  };
}

/** What the receipt of a form that was sent says. */
export function receiptIn(simulation: Simulation, { opening, answers }: SimulatedForm): ReceiptAnswer[] {
  const flows = flowsOf(simulation, opening);
  const shown = { ...SHOWN, now: simulation.now };
  return flows ? receiptAnswers({ ...flows, inputs: opening.inputs }, answers, shown) : [];
}

/** Opens a form, or what the node says about one that is open already. */
export function openedForm(
  simulation: Simulation,
  opening: FormOpening,
  id: string,
): { simulation: Simulation; value: Value } | { fault: "notFound" | "conflict"; message: string } {
  if (!simulation.others.some(({ key }) => key === opening.flow))
    return { fault: "notFound", message: `There is no form ${opening.flow}` };
  const open = simulation.forms.find((form) => form.state === "open" && form.opening.flow === opening.flow);
  if (open && opening.ifOpen === "fail") return { fault: "conflict", message: "This form is open already" };
  if (open && opening.ifOpen === "reuse") return { simulation, value: { id: open.id } };
  const { now } = simulation;
  const form: SimulatedForm = {
    id,
    opening,
    state: "open",
    expiresAt: opening.expiresAfter === null ? null : now + opening.expiresAfter,
    remindAt: opening.remindAfter === null ? null : now + opening.remindAfter,
    answers: {},
    revision: 1,
    earlier: {},
    remark: null,
    typed: opening.prefill,
    suggestions: {},
    hints: {},
    problems: {},
  };
  const before = simulation.forms.map((one) =>
    one === open && opening.ifOpen === "supersede" ? { ...one, state: "superseded" as const } : one,
  );
  const talk = opening.announce
    ? [...simulation.talk, { by: "bot" as const, text: opening.announce, at: now }]
    : simulation.talk;
  return { simulation: { ...simulation, forms: [...before, form], talk }, value: { id } };
}

/** What a flow does to an open form. */
export function actedOn(
  simulation: Simulation,
  { formId, action }: OperationOf<"form.act">,
): { simulation: Simulation; outcome?: string } {
  const form = simulation.forms.find(({ id }) => id === formId);
  const opened = form && (form.state === "open" || (form.state === "submitted" && action.do === "sendBack"));
  if (!form || !opened) return { simulation, outcome: "closed" };
  const node = pathFor(simulation, form)?.current?.node ?? "";
  switch (action.do) {
    case "suggest":
      return {
        simulation: changed(simulation, formId, {
          suggestions: { ...form.suggestions, [`${node}.${action.field}`]: action.value },
        }),
      };
    case "hint":
      return {
        simulation: changed(simulation, formId, { hints: { ...form.hints, [`${node}.${action.field}`]: action.text } }),
      };
    case "extend":
      return {
        simulation: changed(simulation, formId, {
          expiresAt: Math.max(form.expiresAt ?? 0, simulation.now + action.by),
        }),
      };
    case "cancel":
      return { simulation: changed(simulation, formId, { state: "cancelled" }) };
    case "sendBack":
      return { simulation: sentBack(simulation, form, action.text) };
    case "focus":
      return { simulation };
  }
}

/** Open again, to be gone through once more with what was answered. */
function sentBack(simulation: Simulation, form: SimulatedForm, remark: string): Simulation {
  if (form.state === "open") return changed(simulation, form.id, { remark });
  const { expiresAfter } = form.opening;
  const expiresAt = expiresAfter === null ? null : Math.max(form.expiresAt ?? 0, simulation.now + expiresAfter);
  const again: SimulatedForm = {
    ...form,
    state: "open",
    revision: form.revision + 1,
    earlier: form.answers,
    answers: {},
    remark,
    expiresAt,
  };
  const first = pathFor(simulation, again)?.current?.node ?? "";
  return changed(simulation, form.id, { ...again, typed: form.answers[first] ?? {} });
}

/** What a person does to a form. `over`: its run hears of it. */
export function sentForm(simulation: Simulation, given: FormAct): Changed {
  const form = simulation.forms.find(({ id }) => id === given.form);
  if (given.act === "form.sendBack")
    return {
      simulation: form?.state === "submitted" ? sentBack(simulation, form, given.text) : simulation,
      over: false,
    };
  if (form?.state !== "open") return { simulation, over: false };
  const still = (part: Partial<SimulatedForm>): Changed => ({
    simulation: changed(simulation, form.id, part),
    over: false,
  });
  switch (given.act) {
    case "form.type":
      return still({ typed: given.values });
    case "form.suggest":
      return still({ suggestions: { ...form.suggestions, [given.field]: given.value } });
    case "form.hint":
      return still({ hints: { ...form.hints, [given.field]: given.text } });
    case "form.settle": {
      const { [given.field]: _, ...suggestions } = form.suggestions;
      return still({ suggestions });
    }
    case "form.cancel":
      return { simulation: changed(simulation, form.id, { state: "cancelled" }), over: true };
    case "form.send": {
      const step = pathFor(simulation, form)?.current;
      if (!step) return { simulation, over: false };
      const checked = checkScreen(step.screen, given.values, step.scope, { ...SHOWN, now: simulation.now });
      if (!checked.ok) return still({ typed: given.values, problems: checked.problems });
      const answers = { ...form.answers, [step.node]: checked.values };
      const next = pathFor(simulation, { ...form, answers });
      const state = next?.current ? "open" : "submitted";
      const sent = changed(simulation, form.id, {
        answers,
        typed: form.earlier[next?.current?.node ?? ""] ?? {},
        problems: {},
        suggestions: {},
        hints: {},
        state,
        ...(state === "submitted" ? { remark: null } : {}),
      });
      return { simulation: sent, over: state === "submitted" };
    }
  }
}

/** The form whose time is up, or whose customer is to be reminded, at this moment. */
export function dueForms(simulation: Simulation, now: number): (Changed & { id: string }) | null {
  const open = simulation.forms.filter(({ state }) => state === "open");
  const late = open.find(({ expiresAt }) => expiresAt !== null && expiresAt <= now);
  if (late) return { id: late.id, simulation: changed(simulation, late.id, { state: "expired" }), over: true };
  const quiet = open.find(({ remindAt }) => remindAt !== null && remindAt <= now);
  if (!quiet) return null;
  const reminded = changed(simulation, quiet.id, { remindAt: null });
  const talk = [...reminded.talk, { by: "system" as const, text: "(reminder of the form)", at: now }];
  return { id: quiet.id, simulation: { ...reminded, talk }, over: false };
}

function changed(simulation: Simulation, id: string, part: Partial<SimulatedForm>): Simulation {
  return { ...simulation, forms: simulation.forms.map((form) => (form.id === id ? { ...form, ...part } : form)) };
}

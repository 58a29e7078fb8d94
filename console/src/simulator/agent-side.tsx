import type { NodeOf } from "@clew/contract/flows/definition";
import type { Values } from "@clew/domain/flows/engine/run";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { titleOfScreen } from "@clew/domain/flows/screens/present";
import type { LiveForm, LiveFormState } from "@clew/widget/flow-forms/live-form";
import { useId } from "react";
import type { ScreenView } from "../flows/screen-form/page.ts";
import { ScreenForm } from "../flows/screen-form/screen-form.tsx";
import { MirrorFields } from "../mirror/mirror-fields.tsx";
import { entryOf, fieldsSeen, type ShownForm, shownForms } from "./forms.ts";
import { SentForm, titleOf } from "./sent-form.tsx";
import type { Act } from "./simulate.ts";
import classes from "./simulator.module.css";
import type { Simulation } from "./state.ts";
import { Talk } from "./talk.tsx";
import { s } from "./words.ts";

type Props = { simulation: Simulation; doing(act: Act): void };

/** The agent's side: the talk with notes, the run's screen, and what is seen of open forms. */
export function AgentSide({ simulation, doing }: Props) {
  const heading = useId();
  const screen = screenOf(simulation);
  return (
    <section className={classes.side} aria-labelledby={heading}>
      <h2 id={heading}>{s("sim.agent")}</h2>
      <Talk talk={simulation.talk} staff />
      {shownForms(simulation)
        .filter(({ form }) => form.state === "open")
        .map((shown) => (
          <Seen key={shown.form.id} shown={shown} simulation={simulation} doing={doing} />
        ))}
      {simulation.forms
        .filter(({ state }) => state === "submitted")
        .map((form) => (
          <SentForm key={form.id} form={form} simulation={simulation} doing={doing} />
        ))}
      {screen && (
        <div className={classes.form}>
          <ScreenForm
            level={3}
            key={screen.id}
            screen={screen}
            problems={simulation.problems}
            onButton={(button, values) => doing({ act: "answer", button, values: values as Values })}
          />
        </div>
      )}
    </section>
  );
}

/** The screen at which the run waits for its agent. */
function screenOf({ run, flow, others, now }: Simulation): ScreenView | null {
  const frame = run?.frames.at(-1);
  if (run?.blocked?.kind !== "screen" || !frame) return null;
  const definition = [flow, ...others].find(({ key }) => key === frame.key);
  const node = definition?.nodes[frame.node] as NodeOf<"screen"> | undefined;
  if (node?.type !== "screen") return null;
  const { buttons = {} } = node;
  return {
    id: run.blocked.id,
    node: frame.node,
    title: titleOfScreen(node, frame.values, { now, zone: run.zone, locale: run.locale, labels: frame.labels }),
    components: node.components,
    values: run.blocked.saved,
    scope: frame.values,
    labels: frame.labels,
    buttons: {
      next: buttons.next === false ? null : typeof buttons.next === "string" ? buttons.next : "",
      back: buttons.back !== false && frame.screens.length > 0,
      save: buttons.save !== undefined && buttons.save !== false,
      cancel: buttons.cancel !== false,
    },
  };
}

function Seen({ shown, simulation, doing }: Props & { shown: ShownForm }) {
  const { form, path } = shown;
  const step = path?.current;
  if (!step) return null;
  const given = { now: simulation.now, zone: "UTC", locale: "en" };
  const state: LiveFormState = {
    entry: entryOf(shown, titleOf(simulation, form)),
    page: {
      node: step.node,
      title: titleOfScreen(step.screen, step.scope, given),
      components: step.screen.components,
      scope: step.scope,
      back: false,
      last: true,
      review: false,
    },
    fields: fieldsSeen(shown, given),
    suggestions: Object.entries(form.suggestions).map(([field, value]) => ({
      field,
      value,
      by: { name: s("sim.agent") },
      at: simulation.now,
    })),
    people: [],
    showTyping: true,
    live: form.opening.live,
    maySuggest: form.opening.suggest,
    submitBy: form.opening.submitBy,
    confirmPrefill: form.opening.confirmPrefill,
    connection: "ready",
    sending: "no",
    files: [],
    problems: {},
    hints: form.hints,
    pointed: null,
  };
  return (
    <section className={classes.form} aria-label={s("sim.seen")}>
      <h3>{s("sim.form", { title: state.entry.title })}</h3>
      <MirrorFields form={formIn(form.id, state, doing)} state={state} customer={s("sim.customer")} />
    </section>
  );
}

/** The form as the mirror wants it: what staff do goes into the simulation. */
function formIn(id: string, state: LiveFormState, doing: Props["doing"]): LiveForm {
  const nothing = () => {};
  return {
    state: { get: () => state, subscribe: () => nothing },
    set: nothing,
    focus: nothing,
    page: nothing,
    submit: nothing,
    answerSuggestion: nothing,
    showTyping: nothing,
    extend: nothing,
    cancel: nothing,
    files: { add: nothing, retry: nothing, drop: nothing },
    staff: {
      suggest: (field, value) => doing({ act: "form.suggest", form: id, field, value: value as Value }),
      point: nothing,
      hint: (field, text) => doing({ act: "form.hint", form: id, field, text }),
    },
  };
}

import type { Values } from "@clew/domain/flows/engine/run";
import { titleOfScreen } from "@clew/domain/flows/screens/present";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import { plain } from "../flows/screen-form/answer-list.tsx";
import { ScreenForm } from "../flows/screen-form/screen-form.tsx";
import { type ShownForm, shownForms } from "./forms.ts";
import type { Act } from "./simulate.ts";
import classes from "./simulator.module.css";
import type { Simulation } from "./state.ts";
import { Talk } from "./talk.tsx";
import { s } from "./words.ts";

type Props = { simulation: Simulation; doing(act: Act): void };

/** The customer's window, as far as a flow fills it: what is said, and the forms. */
export function CustomerSide({ simulation, doing }: Props) {
  const heading = useId();
  const [text, setText] = useState("");
  function say(event: FormEvent): void {
    event.preventDefault();
    if (text.trim()) doing({ act: "say", text: text.trim() });
    setText("");
  }
  return (
    <section className={classes.side} aria-labelledby={heading}>
      <h2 id={heading}>{s("sim.customer")}</h2>
      <Talk talk={simulation.talk} staff={false} />
      {shownForms(simulation)
        .filter(({ form }) => form.state === "open")
        .map((shown) => (
          <OpenForm key={shown.form.id} shown={shown} simulation={simulation} doing={doing} />
        ))}
      <form className={classes.say} onSubmit={say}>
        <TextInput
          size="xs"
          flex={1}
          aria-label={s("sim.say")}
          placeholder={s("sim.say")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default">
          {s("sim.send")}
        </Button>
      </form>
    </section>
  );
}

function OpenForm({ shown: { form, path }, simulation, doing }: Props & { shown: ShownForm }) {
  // Rises when a value came from elsewhere than the fields themselves, which then are drawn anew.
  const [taken, setTaken] = useState(0);
  const step = path?.current;
  if (!step) return null;
  const given = { now: simulation.now, zone: "UTC", locale: "en" };
  const screen = {
    id: form.id,
    node: step.node,
    title: titleOfScreen(step.screen, step.scope, given),
    components: step.screen.components,
    values: { ...form.typed },
    scope: step.scope,
    labels: step.labels,
    buttons: { next: s("sim.send"), back: false, save: false, cancel: true },
  };
  const suggestions = Object.entries(form.suggestions);
  function take(field: string, value: unknown): void {
    const name = field.slice(step ? step.node.length + 1 : 0);
    doing({ act: "form.type", form: form.id, values: { ...form.typed, [name]: value } as Values });
    doing({ act: "form.settle", form: form.id, field });
    setTaken(taken + 1);
  }
  return (
    <div className={classes.form}>
      {form.remark !== null && <p className={classes.suggestion}>{s("sim.remark", { text: form.remark })}</p>}
      {Object.entries(form.hints).map(([field, text]) => (
        <p key={field} className={classes.quiet}>
          {s("sim.hint", { text })}
        </p>
      ))}
      {suggestions.map(([field, value]) => (
        <p key={field} className={classes.suggestion}>
          {s("sim.suggested", { value: plain(value) })}{" "}
          <Button size="compact-xs" onClick={() => take(field, value)}>
            {s("sim.accept")}
          </Button>{" "}
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => doing({ act: "form.settle", form: form.id, field })}
          >
            {s("sim.dismiss")}
          </Button>
        </p>
      ))}
      <ScreenForm
        level={3}
        key={`${step.node} ${form.revision} ${taken}`}
        screen={screen}
        problems={form.problems}
        onChange={(values) => doing({ act: "form.type", form: form.id, values: values as Values })}
        onButton={(button, values) =>
          doing(
            button === "cancel"
              ? { act: "form.cancel", form: form.id }
              : { act: "form.send", form: form.id, values: values as Values },
          )
        }
      />
    </div>
  );
}

import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { receiptIn } from "./forms.ts";
import type { Act } from "./simulate.ts";
import classes from "./simulator.module.css";
import type { SimulatedForm, Simulation } from "./state.ts";
import { s } from "./words.ts";

type Props = { form: SimulatedForm; simulation: Simulation; doing(act: Act): void };

/** What a form that was sent holds, as the agent reads it; it may go back to the customer however far the flow has gone. */
export function SentForm({ form, simulation, doing }: Props) {
  const [text, setText] = useState("");
  const title = titleOf(simulation, form);
  function sendBack(event: FormEvent): void {
    event.preventDefault();
    if (text.trim()) doing({ act: "form.sendBack", form: form.id, text: text.trim() });
  }
  return (
    <section className={classes.form} aria-label={s("sim.sent", { title })}>
      <h3>
        <bdi>{s("sim.sent", { title })}</bdi>
      </h3>
      <dl className={classes.values}>
        {receiptIn(simulation, form).map(({ field, label, text: answer }) => (
          <div key={field}>
            <dt dir="auto">{label}</dt>
            <dd dir="auto">{answer ?? s("sim.confidential")}</dd>
          </div>
        ))}
      </dl>
      <form className={classes.say} onSubmit={sendBack}>
        <TextInput
          size="xs"
          flex={1}
          aria-label={s("sim.remarkFor")}
          placeholder={s("sim.remarkFor")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default" disabled={text.trim() === ""}>
          {s("sim.sendBack")}
        </Button>
      </form>
    </section>
  );
}

/** What the form is called to people; its key where that is no plain text. */
export function titleOf({ others }: Simulation, { opening }: SimulatedForm): string {
  const title = others.find(({ key }) => key === opening.flow)?.title;
  return typeof title === "string" ? title : opening.flow;
}

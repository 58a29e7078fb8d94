import { isOver, type Wait } from "@clew/domain/flows/engine/run";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../strings/strings.ts";
import { momentText } from "./clock.tsx";
import { JsonField, readJson } from "./json-field.tsx";
import type { Act } from "./simulate.ts";
import classes from "./simulator.module.css";
import type { Simulation } from "./state.ts";
import { s } from "./words.ts";

/** Where the run is: what it waits for, each to be let happen, or how it ended. */
export function RunState({ simulation: { run }, doing }: { simulation: Simulation; doing(act: Act): void }) {
  if (!run) return null;
  const waits = run.blocked?.kind === "wait" ? run.blocked.waits : [];
  return (
    <section aria-live="polite">
      <h2>{s("sim.run")}</h2>
      <p className={classes.state}>
        {run.status === "faulted" && run.fault
          ? s("sim.fault", { node: run.fault.node, message: run.fault.message })
          : isOver(run)
            ? s("sim.over", { status: t(`flows.status.${run.status}`) })
            : run.blocked?.kind === "screen"
              ? t("flows.screen")
              : s("sim.waits")}
      </p>
      <ul className={classes.waits}>
        {waits.map((wait) => (
          <Waiting key={wait.branch} wait={wait} doing={doing} />
        ))}
      </ul>
      <div className={classes.row}>
        {run.status === "faulted" && (
          <Button size="xs" onClick={() => doing({ act: "retry" })}>
            {s("sim.retry")}
          </Button>
        )}
        {!isOver(run) && (
          <Button size="xs" variant="subtle" color="gray" onClick={() => doing({ act: "cancel" })}>
            {s("sim.cancel")}
          </Button>
        )}
      </div>
    </section>
  );
}

function Waiting({ wait: { branch, event, dueAt }, doing }: { wait: Wait; doing(act: Act): void }) {
  const [data, setData] = useState("{}");
  const read = readJson(data);
  return (
    <li>
      {event && s("sim.waitEvent", { type: event.type, key: event.key })}
      {dueAt !== undefined && s("sim.waitDue", { at: momentText(dueAt) })}
      {event && event.type !== "form" && (
        <details>
          <summary>{s("sim.happen")}</summary>
          <JsonField label={s("sim.happenData")} value={data} bad={read === null} onChange={setData} />
          <Button
            size="compact-xs"
            mt={4}
            disabled={read === null}
            onClick={() => doing({ act: "event", branch, data: read as Value })}
          >
            {s("sim.happen")}
          </Button>
        </details>
      )}
    </li>
  );
}

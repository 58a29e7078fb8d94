import type { RunPage } from "@clew/contract/flows/runs";
import { Button } from "@mantine/core";
import { KnownValues } from "../flows/known-values.tsx";
import classes from "./run-pages.module.css";
import { r } from "./words.ts";

type Props = { page: RunPage; chosen: number | null; onNow(): void };

/** What the run knows: now, or, of a step whose trace keeps values, after that step. */
export function Variables({ page: { variables, trace }, chosen, onNow }: Props) {
  const step = chosen === null ? undefined : trace.find(({ seq }) => seq === chosen);
  const after = step ? knownAfter(trace, step.seq) : null;
  const shown = step ? (after ?? {}) : variables;
  const entries = Object.entries(shown);
  return (
    <section className={classes.section} aria-live="polite">
      <h2>{step ? r("run.variablesAt", { step: step.step }) : r("run.variables")}</h2>
      {step && after === null && (
        <p className={classes.quiet}>{r("run.variablesChosen", { names: step.changed.join(", ") || "–" })}</p>
      )}
      {!step && entries.length === 0 && <p className={classes.quiet}>{r("run.variablesNone")}</p>}
      <KnownValues
        entries={entries}
        isChanged={(name) => step?.changed.some((path) => path.split(".")[0] === name) ?? false}
        className={classes.variables}
      />
      {entries.some(([, value]) => value === "•••") && <p className={classes.quiet}>{r("run.variablesHidden")}</p>}
      {step && (
        <Button size="compact-xs" variant="default" onClick={onNow}>
          {r("run.showNow")}
        </Button>
      )}
    </section>
  );
}

/** Values as the steps up to this one left them; null where the trace keeps none. */
export function knownAfter(trace: RunPage["trace"], seq: number): Record<string, unknown> | null {
  const before = trace.filter((step) => step.seq <= seq && step.shown !== null);
  return before.length === 0 ? null : Object.assign({}, ...before.map(({ shown }) => shown));
}

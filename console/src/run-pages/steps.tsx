import type { RunBlocked, RunStep } from "@clew/contract/flows/runs";
import { ScrollArea, Table } from "@mantine/core";
import { timeOfDay } from "../clock/ages.ts";
import { linesOf } from "./path.ts";
import classes from "./run-pages.module.css";
import { r } from "./words.ts";

type Props = {
  trace: readonly RunStep[];
  blocked: RunBlocked | null;
  /** What a way out is called; of a flow that was called along the way, its outcome. */
  wayOf(step: RunStep): string | null;
  chosen: number | null;
  onChoose(seq: number): void;
};

/** Node after node as the run went by; of an operation whether it was done. */
export function Steps({ trace, blocked, wayOf, chosen, onChoose }: Props) {
  return (
    <section className={classes.section}>
      <h2>{r("run.steps.title")}</h2>
      {trace.length === 0 && <p className={classes.quiet}>{r("run.steps.none")}</p>}
      {trace.length > 0 && (
        <ScrollArea type="auto" viewportProps={{ tabIndex: 0 }}>
          <Table verticalSpacing={5} className={classes.steps}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{r("run.steps.number")}</Table.Th>
                <Table.Th>{r("run.steps.time")}</Table.Th>
                <Table.Th>{r("run.steps.node")}</Table.Th>
                <Table.Th>{r("run.steps.out")}</Table.Th>
                <Table.Th>{r("run.steps.changed")}</Table.Th>
                <Table.Th>{r("run.steps.did")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {linesOf(trace).map((step) => (
                <Table.Tr key={step.seq} data-chosen={chosen === step.seq || undefined}>
                  <Table.Td>
                    <button
                      type="button"
                      className={classes.look}
                      aria-pressed={chosen === step.seq}
                      aria-label={r("run.steps.look", { step: step.step, node: step.node })}
                      onClick={() => onChoose(step.seq)}
                    >
                      {step.step}
                    </button>
                  </Table.Td>
                  <Table.Td className={classes.figure}>
                    <time dateTime={new Date(step.at).toISOString()}>
                      {timeOfDay(step.at)}:{String(new Date(step.at).getSeconds()).padStart(2, "0")}
                    </time>
                  </Table.Td>
                  <Table.Td>
                    <code>{step.node}</code>
                  </Table.Td>
                  <Table.Td className={step.fault ? classes.bad : undefined}>{outText(step, wayOf(step))}</Table.Td>
                  <Table.Td>{step.changed.join(", ")}</Table.Td>
                  <Table.Td>
                    {step.operation && (
                      <>
                        {step.operation.do} <span className={classes.quiet}>{doneText(step, blocked)}</span>
                      </>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
      )}
    </section>
  );
}

function outText({ fault, flow, movedFrom }: RunStep, way: string | null): string {
  if (fault) return `${fault.code}: ${fault.message}`;
  if (movedFrom !== undefined) return r("run.steps.moved", { from: movedFrom, to: flow.version });
  return way ?? r("run.steps.waits");
}

function doneText({ operation, fault, outcome }: RunStep, blocked: RunBlocked | null): string {
  if (operation?.inDoubt) return r("run.blocked.inDoubt");
  if (fault) return r("run.steps.failed");
  const done = r(operation?.do === "http.call" ? "run.steps.confirmed" : "run.steps.once");
  if (outcome !== null) return done;
  const here = blocked?.kind === "operation" && blocked.id === operation?.id;
  if (here) return blocked.state === "in-doubt" ? r("run.blocked.inDoubt") : r("run.steps.open");
  return done;
}

import type { Flow } from "@clew/contract/flows/definition";
import { FLOW_LIMITS, type RaisedLimits } from "@clew/contract/flows/flow-limits";
import { isOver, type Values } from "@clew/domain/flows/engine/run";
import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { KnownValues } from "../flows/known-values.tsx";
import { pathOf } from "../run-pages/path.ts";
import { PathList } from "../run-pages/path-list.tsx";
import { AgentSide } from "./agent-side.tsx";
import { Clock } from "./clock.tsx";
import { CustomerSide } from "./customer-side.tsx";
import { Effects } from "./effects.tsx";
import { Faults } from "./faults.tsx";
import { JsonField, readJson } from "./json-field.tsx";
import { RunState } from "./run-state.tsx";
import { type Act, act, simulate } from "./simulate.ts";
import classes from "./simulator.module.css";
import type { Records, Simulation } from "./state.ts";
import { USUAL_RECORDS, usualInputs } from "./usual.ts";
import { s } from "./words.ts";

type Props = {
  flow: Flow;
  /** Forms and flows that it calls. */
  others: readonly Flow[];
  /** What the operator of this server lets runs use beyond the usual. */
  limits: RaisedLimits;
};

/** A flow played on made-up records, with both people and the clock in one's own hands. Mount it anew for another flow. */
export function Simulator({ flow, others, limits }: Props) {
  const [inputs, setInputs] = useState(() => JSON.stringify(usualInputs(flow, USUAL_RECORDS), null, 2));
  const [records, setRecords] = useState(() => JSON.stringify(USUAL_RECORDS, null, 2));
  const [simulation, setSimulation] = useState<Simulation | null>(null);
  const given = { inputs: readJson(inputs), records: readJson(records) };
  function begin(): void {
    if (!given.inputs || !given.records) return;
    const setup = { inputs: given.inputs as Values, records: given.records as Records };
    setSimulation(simulate({ flow, others, limits, ...setup, now: Date.now() }));
  }
  const doing = (one: Act) => setSimulation((before) => before && act(before, one));
  return (
    <div className={classes.simulator}>
      <details className={classes.setup} open={simulation === null}>
        <summary>{s("sim.setup")}</summary>
        <div className={classes.fields}>
          <JsonField label={s("sim.inputs")} value={inputs} onChange={setInputs} bad={given.inputs === null} />
          <JsonField label={s("sim.records")} value={records} onChange={setRecords} bad={given.records === null} />
        </div>
        <Raised limits={limits} />
      </details>
      <div className={classes.bar}>
        <Button size="xs" onClick={begin} disabled={!given.inputs || !given.records}>
          {s(simulation ? "sim.again" : "sim.begin")}
        </Button>
        {simulation && <Clock simulation={simulation} doing={doing} />}
      </div>
      {simulation?.refused && (
        <Text role="alert" size="sm">
          {s("sim.refused", { message: simulation.refused })}
        </Text>
      )}
      {simulation?.run && (
        <>
          <div className={classes.sides}>
            <CustomerSide simulation={simulation} doing={doing} />
            <AgentSide simulation={simulation} doing={doing} />
          </div>
          <div className={classes.columns}>
            <div>
              <RunState simulation={simulation} doing={doing} />
              <Faults simulation={simulation} doing={doing} />
              <Effects effects={simulation.effects} />
              <Known simulation={simulation} />
            </div>
            <section>
              <h2>{s("sim.path")}</h2>
              <PathList path={pathOf(flow, stepsOf(simulation), standsAt(simulation))} />
            </section>
          </div>
        </>
      )}
    </div>
  );
}

/** What runs may use here beyond the usual; nothing where that is nothing. */
function Raised({ limits }: { limits: RaisedLimits }) {
  const raised = FLOW_LIMITS.flatMap((name) => (limits[name] === undefined ? [] : [`${name} ${limits[name]}`]));
  if (raised.length === 0) return null;
  return <p className={classes.quiet}>{s("sim.limits", { limits: raised.join(", ") })}</p>;
}

function stepsOf({ trace }: Simulation) {
  return trace.map(({ flow, ...step }) => ({ ...step, flow: { key: flow } }));
}

function standsAt({ run, flow }: Simulation): string | null {
  if (!run || (isOver(run) && run.status !== "faulted")) return null;
  return run.frames.find(({ key }) => key === flow.key)?.node ?? null;
}

function Known({ simulation: { run, records } }: { simulation: Simulation }) {
  const values = Object.entries(run?.frames.at(-1)?.values ?? {});
  return (
    <section>
      <h2>{s("sim.variables")}</h2>
      <KnownValues entries={values} className={classes.values} />
      <details>
        <summary>{s("sim.recordsNow")}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
        <pre className={classes.json} dir="ltr" tabIndex={0}>
          {JSON.stringify(records, null, 2)}
        </pre>
      </details>
    </section>
  );
}

import { FAULT_CODES, type FaultCode } from "@clew/contract/flows/faults";
import { ActionIcon, Button, NativeSelect } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { orderOf } from "../run-pages/path.ts";
import type { Act } from "./simulate.ts";
import classes from "./simulator.module.css";
import type { Simulation } from "./state.ts";
import { s } from "./words.ts";

/** Nodes that do nothing outside the run cannot fail by somebody else's fault. */
const INSIDE = ["decision", "assign", "loop", "subflow", "end", "wait", "screen", "cowork.await"];

/** Makes an operation fail the next time it comes to it. */
export function Faults({ simulation, doing }: { simulation: Simulation; doing(act: Act): void }) {
  const { flow, faults } = simulation;
  const nodes = orderOf(flow).filter((name) => !INSIDE.includes(flow.nodes[name]?.type ?? "end"));
  const [node, setNode] = useState(nodes[0] ?? "");
  const [code, setCode] = useState<FaultCode>("timeout");
  if (nodes.length === 0) return null;
  return (
    <section>
      <h2>{s("sim.faults")}</h2>
      <div className={classes.row}>
        <NativeSelect
          size="xs"
          label={s("sim.faultNode")}
          data={nodes}
          value={node}
          onChange={(event) => setNode(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label={s("sim.faultCode")}
          data={[...FAULT_CODES]}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value as FaultCode)}
        />
        <Button size="xs" variant="default" onClick={() => doing({ act: "fault", node, code })}>
          {s("sim.faultSet")}
        </Button>
      </div>
      <ul className={classes.faults}>
        {Object.entries(faults).map(([at, fault]) => (
          <li key={at}>
            {s("sim.faultAt", { node: at, code: fault })}
            <ActionIcon
              size="xs"
              variant="subtle"
              color="gray"
              aria-label={s("sim.faultClear", { node: at })}
              onClick={() => doing({ act: "fault", node: at, code: null })}
            >
              <IconX size={12} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </section>
  );
}

import type { Input } from "@clew/domain/flows/engine/given";
import type { Operation } from "@clew/domain/flows/engine/operation";
import type { Blocked } from "@clew/domain/flows/engine/run";
import { givenToBot } from "./bots.ts";
import { actedOn, openedForm } from "./forms.ts";
import { doneWithRecords } from "./records.ts";
import type { Answer, Effect, Simulation } from "./state.ts";

type Wanted = Extract<Blocked, { kind: "operation" }>;

/** One agent with room, unless the made-up record `Availability` says otherwise. */
const SOMEBODY = { online: 1, capacity: 1, waiting: 0, estimatedWait: null, openNow: true, opensAt: null };

/** Lists an operation and answers it from the simulation; a fault that was put at its node comes instead, once. */
export function doneBy(simulation: Simulation, { id, operation }: Wanted): { simulation: Simulation; input: Input } {
  const node = simulation.run?.frames.at(-1)?.node ?? "";
  const effect = (answer: string): Effect => ({ id, node, operation, at: simulation.now, answer });
  const listed = (after: Simulation, answer: string): Simulation => ({
    ...after,
    effects: [...after.effects, effect(answer)],
  });
  const made = simulation.faults[node];
  if (made) {
    const { [node]: _, ...faults } = simulation.faults;
    const message = "made to fail in the simulation";
    return {
      simulation: listed({ ...simulation, faults }, `fault ${made}`),
      input: { type: "fault", id, code: made, message },
    };
  }
  const answer = answerOf(simulation, operation, id);
  if ("fault" in answer)
    return {
      simulation: listed(simulation, `fault ${answer.fault}`),
      input: { type: "fault", id, code: answer.fault, message: answer.message },
    };
  const { simulation: after, ...result } = answer;
  return { simulation: listed(after, result.outcome ?? "done"), input: { type: "result", id, ...result } };
}

function answerOf(simulation: Simulation, operation: Operation, id: string): Answer {
  let { made } = simulation;
  const done = doneWithRecords(operation, simulation.records, () => `made-${++made}`);
  if (done && "fault" in done) return done;
  if (done) {
    const { records = simulation.records, ...result } = done;
    return { simulation: { ...simulation, made, records }, ...result };
  }
  const spoken = (by: Simulation["talk"][number]["by"], text: string): Answer => ({
    simulation: { ...simulation, talk: [...simulation.talk, { by, text, at: simulation.now }] },
  });
  switch (operation.do) {
    case "message.send":
      return spoken(operation.as, operation.text);
    case "message.note":
      return spoken("note", operation.text);
    case "message.draft":
      return spoken("draft", operation.text);
    case "form.open":
      return openedForm(simulation, operation.form, id);
    case "form.act":
      return actedOn(simulation, operation);
    case "prechat.restore": {
      const earlier = simulation.records.Prechat?.[0];
      if (!earlier) return { simulation, outcome: "nothing" };
      if (operation.confirm !== "askCustomer") return { simulation, value: earlier };
      const lines = Object.entries(earlier).map(([key, value]) => `${key}: ${value}`);
      return { simulation, value: { values: earlier, lines } };
    }
    case "availability":
      return {
        simulation,
        value: simulation.records.Availability?.[0] ?? SOMEBODY,
      };
    case "http.call": {
      const rows = simulation.records[`http ${operation.connector}`] ?? [];
      return { simulation, value: rows[0] ?? { status: 200, body: {} } };
    }
    case "route":
      return givenToBot(simulation, operation.to);
    case "session.end":
      return { simulation: { ...simulation, bot: null } };
    default:
      return { simulation };
  }
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Flow } from "@clew/contract/flows/definition";
import { expect, test } from "vitest";
import { fieldsSeen, receiptIn, shownForms } from "./forms.ts";
import { openTime } from "./given.ts";
import { act, nextDue, simulate } from "./simulate.ts";

const EXAMPLES = join(import.meta.dirname, "../../../examples/flows");
const example = (key: string) => JSON.parse(readFileSync(join(EXAMPLES, `${key}.flow.json`), "utf8")) as Flow;

const NOW = Date.UTC(2026, 0, 5, 10);
const MINUTE = 60_000;
const SHOWN = { now: NOW, zone: "UTC", locale: "en" };
const CASE = {
  id: "case-1",
  number: 17,
  status: "waiting",
  version: 1,
  conversationId: "c",
  contact: { firstName: "Ines" },
};

function script(flow = example("loan.useOfFunds.agent")) {
  return simulate({
    flow,
    others: [example("loan.useOfFunds.form")],
    inputs: { caseId: "case-1" },
    records: { Case: [CASE] },
    now: NOW,
  });
}
const formIn = (simulation: ReturnType<typeof script>) => {
  const [shown] = shownForms(simulation);
  if (!shown) throw new Error("no form");
  return shown;
};

test("[T1] both sides of a form are played: the agent sees a choice before it is sent, the flow goes on after", () => {
  let now = script();
  expect(now.refused).toBeNull();
  expect(now.talk.map(({ by }) => by)).toEqual(["bot"]);
  const { form, path } = formIn(now);
  expect(path?.current?.node).toBe("ask");
  now = act(now, { act: "form.type", form: form.id, values: { reason: "vehicle", iban: "AT611904300234573201" } });
  const seen = fieldsSeen(formIn(now), SHOWN);
  expect(seen["ask.reason"]).toMatchObject({ value: "vehicle", status: "valid" });
  expect(seen["ask.detail"]?.visible).toBe(false);
  expect(seen["ask.iban"]).not.toHaveProperty("value");
  now = act(now, { act: "form.send", form: form.id, values: { reason: "vehicle" } });
  expect(formIn(now).form).toMatchObject({ state: "open", problems: { agreed: expect.any(String) } });
  now = act(now, { act: "form.send", form: form.id, values: { reason: "vehicle", agreed: true } });
  expect(formIn(now).form.state).toBe("submitted");
  expect(now.talk.at(-1)?.text).toContain("To buy a vehicle");
  expect(now.records.Case?.[0]).toMatchObject({ useOfFunds: "vehicle", version: 2 });
  expect(now.run?.blocked?.kind).toBe("screen");
  now = act(now, { act: "answer", button: "next", values: {} });
  expect(now.run?.status).toBe("completed");
});

test("[T1] effects are listed in order and done nowhere but in the simulation", () => {
  const now = script();
  expect(now.effects.map(({ node, operation, answer }) => [node, operation.do, answer])).toEqual([
    ["load", "records.get", "done"],
    ["ask", "form.open", "done"],
  ]);
  expect(CASE).not.toHaveProperty("useOfFunds");
});

test("[T1] the clock goes to what is due next: a reminder, then the end of the form, which the flow hears of", () => {
  let now = script();
  expect(nextDue(now)).toBe(NOW + 5 * MINUTE);
  now = act(now, { act: "skip" });
  expect(now.talk.at(-1)?.by).toBe("system");
  now = act(now, { act: "skip" });
  expect(now.now).toBe(NOW + 30 * MINUTE);
  expect(now.forms.map(({ state }) => state)).toEqual(["expired", "open"]);
  now = act(now, { act: "pass", milliseconds: 31 * MINUTE });
  expect(now.forms.map(({ state }) => state)).toEqual(["expired", "expired"]);
  expect(now.talk.at(-1)).toMatchObject({ by: "note" });
  expect(now.run?.status).toBe("completed");
});

test("[FP6] a fault put at a node comes once, in place of what would have been done", () => {
  let now = act(script(), { act: "fault", node: "store", code: "conflict" });
  now = act(now, { act: "form.send", form: formIn(now).form.id, values: { reason: "vehicle", agreed: true } });
  expect(now.effects.filter(({ node }) => node === "store").map(({ answer }) => answer)).toEqual([
    "fault conflict",
    "done",
  ]);
  expect(now.trace.map(({ node }) => node)).toContain("reload");
  expect(now.faults).toEqual({});
});

test("[FP6] business hours of the simulation: Monday to Friday, 9 to 17", () => {
  const hour = 60 * MINUTE;
  const friday = Date.UTC(2026, 0, 9, 16);
  expect(openTime(2 * hour, friday)).toBe(Date.UTC(2026, 0, 12, 10));
  expect(openTime(hour, Date.UTC(2026, 0, 5, 3))).toBe(Date.UTC(2026, 0, 5, 10));
});

/** The example without its way for answers that are corrected when it has gone on. */
function withoutWay(): Flow {
  const flow = example("loan.useOfFunds.agent");
  const { corrected: _, ...ask } = flow.nodes.ask as { corrected?: string };
  return { ...flow, nodes: { ...flow.nodes, ask } } as unknown as Flow;
}

test("[FZ4] a form is sent back when the run has gone on: the corrected answers go the way that the step says", () => {
  let now = script();
  const { id } = formIn(now).form;
  now = act(now, { act: "form.send", form: id, values: { reason: "vehicle", agreed: true } });
  const before = now.talk.length;
  expect(receiptIn(now, formIn(now).form).map(({ text }) => text)).toContain("To buy a vehicle");
  now = act(now, { act: "form.sendBack", form: id, text: "Is it not the house?" });
  expect(formIn(now).form).toMatchObject({
    ...{ state: "open", revision: 2, remark: "Is it not the house?", typed: { reason: "vehicle", agreed: true } },
    expiresAt: NOW + 30 * MINUTE,
  });
  expect(now.run?.blocked?.kind).toBe("screen");
  const same = act(now, { act: "form.sendBack", form: id, text: "again" });
  expect(formIn(same).form).toEqual(formIn(now).form);
  now = act(now, { act: "form.send", form: id, values: { reason: "renovation", agreed: true } });
  expect(formIn(now).form).toMatchObject({ state: "submitted", revision: 2, remark: null });
  expect(now.talk.slice(before).map(({ text }) => text)).toEqual([expect.stringContaining("To renovate")]);
  expect(now.records.Case?.[0]).toMatchObject({ useOfFunds: "renovation", version: 3 });
});

test("[FZ4] without such a way out the run stays where it is, and works with the corrected answers from then on", () => {
  let now = script(withoutWay());
  const { id } = formIn(now).form;
  now = act(now, { act: "form.send", form: id, values: { reason: "vehicle", agreed: true } });
  const { length } = now.talk;
  now = act(now, { act: "form.sendBack", form: id, text: "Look again, please." });
  now = act(now, { act: "form.send", form: id, values: { reason: "renovation", agreed: true } });
  expect([now.talk.length, now.run?.blocked?.kind]).toEqual([length, "screen"]);
  expect(now.run?.frames[0]?.values.answer).toMatchObject({ reason: "renovation" });
  expect(now.trace.at(-1)).toMatchObject({ node: "ask", outcome: "corrected" });
});

test("[FZ5] what the operator has raised holds in the simulation as it does on the server", () => {
  const flow = {
    ...{ $schema: "flow/1", key: "test.turn", kind: "background", start: "turn" },
    nodes: {
      turn: { type: "decision", branches: [{ when: "=visits('turn') < 130", next: "turn" }], else: "end" },
      end: { type: "end" },
    },
  } as unknown as Flow;
  const setup = { flow, others: [], inputs: {}, records: {}, now: NOW };
  expect(simulate(setup).run).toMatchObject({ status: "faulted", fault: { code: "limit" } });
  expect(simulate({ ...setup, limits: { visits: 130 } }).run?.status).toBe("completed");
  const routing = {
    ...setup,
    flow: { ...flow, kind: "routing" as const },
    limits: { visits: 130, routingSeconds: 90 },
  };
  expect(simulate(routing).run?.deadlineAt).toBe(NOW + 90_000);
});

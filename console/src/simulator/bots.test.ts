import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Flow } from "@clew/contract/flows/definition";
import { expect, test } from "vitest";
import { act, simulate } from "./simulate.ts";

const EXAMPLES = join(import.meta.dirname, "../../../examples/flows");
const example = (key: string) => JSON.parse(readFileSync(join(EXAMPLES, `${key}.flow.json`), "utf8")) as Flow;
const flow = example("route.webchat.bot");
const bot = example("faq.firstHelp");
const BEGIN = { flow, others: [bot], inputs: { session: { id: "s" }, prechat: {} }, records: {}, now: 0 };

test("[BO16] a simulation goes on with the bot's flow, until it gives the session away", () => {
  let now = simulate(BEGIN);
  expect(now.bot).toMatchObject({ name: "Mia", begun: true });
  expect(now.run).toMatchObject({ bot: "Mia", status: "waiting" });
  expect(now.talk.map(({ text }) => text)).toEqual([expect.stringContaining("What is it about?")]);
  now = act(now, { act: "say", text: "When will it arrive?" });
  expect(now.talk.at(-1)?.text).toBe("Did that answer it?");
  now = act(now, { act: "say", text: "No, I want to talk to a person" });
  expect(now).toMatchObject({ bot: null, run: { status: "completed" } });
  expect(now.effects.at(-1)?.operation).toMatchObject({ do: "route", to: { kind: "queue", queue: "general" } });
});

test("[BO16] a bot that ends with the session still its own is told of, and a flow that is not there is a fault", () => {
  const silent = { ...bot, start: "end", nodes: { end: { type: "end" } } } as Flow;
  const now = simulate({ ...BEGIN, others: [silent] });
  expect(now.bot).toBeNull();
  expect(now.talk).toMatchObject([{ by: "note", text: expect.stringContaining("gave the session to nobody") }]);
  const missing = simulate({ ...BEGIN, others: [] });
  expect(missing.effects.map(({ answer }) => answer)).toEqual(["fault notFound", "done"]);
});

test("[BO16] bots that pass the session on to each other come to an end", () => {
  const around = {
    ...bot,
    start: "on",
    nodes: { on: { type: "route", to: { bot: "Mia", flow: bot.key }, next: "end" }, end: { type: "end" } },
  } as Flow;
  const now = simulate({ ...BEGIN, others: [around] });
  expect(now.effects.map(({ answer }) => answer)).toEqual(["done", "done", "done", "done", "done", "fault conflict"]);
  expect(now).toMatchObject({ bot: null, run: { status: "faulted" } });
});

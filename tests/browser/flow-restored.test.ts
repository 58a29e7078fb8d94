import type { Flow } from "@clew/contract/flows/definition";
import { DEMO_QUEUES } from "@clew/server/demo/ids";
import { newId } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { OFFER_FOR, serve } from "./agent-side-scene.ts";
import { findings } from "./findings.ts";
import { publishFlow } from "./forms-scene.ts";
import { DEMO_CHANNELS, openStage } from "./stage.ts";

/** Takes over the topic of earlier sessions, for the agent to confirm. */
const ROUTE = {
  $schema: "flow/1",
  ...{ key: "route.confirmed", kind: "routing", trigger: { on: "session.started", channels: [DEMO_CHANNELS.shop] } },
  inputs: { session: { type: "record:Session", required: true }, prechat: { type: "map", default: {} } },
  start: "restore",
  nodes: {
    restore: { type: "prechat.restore", fields: ["topic"], next: "toOrders", nothing: "toOrders" },
    toOrders: { type: "route", to: { queue: DEMO_QUEUES.orders }, next: "done" },
    done: { type: "end" },
  },
} as unknown as Flow;

test("[FN1] [FN2] the agent reads that an answer was taken over and not confirmed, and confirms it by one press", async () => {
  const stage = await openStage();
  const api = await stage.admin();
  await api.changeQueue(DEMO_QUEUES.orders, { offerFor: OFFER_FOR });
  await publishFlow(api, ROUTE);
  const amara = await stage.agent("amara");
  const customer = await serve(stage, amara);
  const confirm = amara.customer.getByRole("button", { name: "Confirm What is it about?" });
  expect(await confirm.count()).toBe(0);
  const [conversation] = await api.conversations();
  const { conversationId = "" } = conversation ?? {};
  await api.call("POST", "/staff/commands", { type: "session.end", id: newId(), conversationId });
  await customer.reads(/ended/);
  await customer.post("One more thing");
  await amara.accept();
  await amara.reads("One more thing");
  await amara.customer.getByText(/^carried from .* · not confirmed$/).waitFor();
  expect(await findings(amara.page)).toEqual([]);
  await confirm.click();
  await amara.customer.getByText("confirmed by you").waitFor();
  await amara.reads(/confirmed: topic/);
  expect(await confirm.count()).toBe(0);
  // What the flow did not take over is carried like before, and nobody is asked about it.
  await amara.customer
    .getByText(/^carried from .*\)$/)
    .first()
    .waitFor();
});

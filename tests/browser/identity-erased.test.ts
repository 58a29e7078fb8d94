import { newId, TestStream } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { continuityScene } from "./continuity-scene.ts";
import { eventually } from "./eventually.ts";
import { AgentConsole } from "./pages/agent-console.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { DEMO_CHANNELS, type Stage } from "./stage.ts";

const scene = continuityScene();

/** What a thief got hold of: all that the browser was given when it came back last. */
async function stolenFrom(customer: CustomerWindow): Promise<{ accessToken: string; resumeSecret: string }> {
  const resumed = customer.page.waitForResponse(/identity\/resume$/);
  await customer.reload();
  return (await resumed).json();
}

test("[K62] a stolen token is worth nothing from the moment its device is revoked", async () => {
  const { talking, stage } = scene();
  const { customer, agent } = await talking();
  await customer.write("For Amara alone");
  await agent.has("For Amara alone");
  const { accessToken, resumeSecret } = await stolenFrom(customer);
  await customer.reads("For Amara alone");
  const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };
  const read = () => fetch(`${stage.url}/api/v1/conversations/${agent.id}/events?after=0`, { headers });
  const post = (path: string, body: object) =>
    fetch(`${stage.url}/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  const thief = await TestStream.open(stage.url, { token: accessToken });
  thief.send({ type: "subscribe", topic: { kind: "conversation", id: agent.id } });
  await thief.until(({ type }) => type === "snapshot");
  expect((await read()).status).toBe(200);

  await customer.button("Options").click();
  await customer.button("Not me: forget this device").click();
  await customer.button("Forget").click();
  await customer.field("Your name").waitFor();
  await thief.until((message) => message.type === "bye" && message.reason === "revoked");
  const message = { type: "message.post", id: newId(), conversationId: agent.id, text: "Pay here", attachments: [] };
  const secret = { channelId: DEMO_CHANNELS.shop, resumeSecret };
  for (const answer of [await read(), await post("/commands", message), await post("/identity/resume", secret)])
    expect(await answer.json()).toMatchObject({ status: 401, code: "unauthenticated" });
  const again = await TestStream.open(stage.url, { token: accessToken });
  await again.until((one) => one.type === "bye" && one.reason === "unauthenticated");
  expect(await agent.texts()).not.toContain("Pay here");
});

async function adminAt(stage: Stage, conversationId: string): Promise<AgentConsole> {
  const console = await stage.agent("admin", { status: null });
  await console.open(`conversations/${conversationId}`);
  return console;
}

test("[K63] an erased customer is gone from history, links and the copies on their devices, open or opened later", async () => {
  const { talking, stage, admin } = scene();
  const { customer, agent } = await talking();
  const words = ["My secret garden", "The roses are safe", "Ana Ruiz", "ana@example.com"];
  await customer.write("My secret garden");
  await agent.has("My secret garden");
  await agent.say("The roses are safe");
  await customer.reads("The roses are safe");
  const linkOf = async () => (await admin.call<{ url: string }>("POST", `/conversations/${agent.id}/links`)).url;
  const device = await stage.device({ viewport: { width: 390, height: 780 } });
  const phone = await CustomerWindow.at(await device.newPage(), await linkOf());
  await phone.button("Continue").click();
  await phone.reads("The roses are safe");
  await phone.hasKept("The roses are safe");
  const shop = phone.page.url();
  await phone.page.close();
  const late = await linkOf();

  const office = await adminAt(stage, agent.id);
  await office.reads("My secret garden");
  await office.customer.getByRole("button", { name: "Erase the customer" }).click();
  const dialog = office.page.getByRole("dialog");
  await dialog.getByText("This cannot be taken back.").waitFor();
  await dialog.getByRole("button", { name: "Erase for good" }).click();
  await office.reads("An admin erased the customer: nothing of what was said is left");
  await office.line("My secret garden").waitFor({ state: "detached" });

  const heldBy = async (window: CustomerWindow) => {
    const kept = await window.kept();
    return words.filter((word) => kept.includes(word));
  };
  await customer.window.getByText("My secret garden").waitFor({ state: "detached" });
  await eventually(() => heldBy(customer)).toEqual([]);
  const opened = await CustomerWindow.at(await device.newPage(), shop);
  await eventually(() => heldBy(opened)).toEqual([]);
  await opened.line("The roses are safe").first().waitFor({ state: "detached" });
  const stranger = await CustomerWindow.at(await (await stage.device()).newPage(), late);
  await stranger.button("Continue").click();
  await stranger.sees("This link doesn’t work");
  expect((await admin.conversations()).map(({ conversationId }) => conversationId)).not.toContain(agent.id);
  const left = JSON.stringify(await admin.events(agent.id));
  expect(words.filter((word) => left.includes(word))).toEqual([]);
});

import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Flow } from "@clew/contract/flows/definition";
import type { ClientMessage } from "@clew/contract/stream";
import { newId, signIn } from "@clew/server/testing/test-app";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { continuityScene, inFastTime } from "./continuity-scene.ts";
import { eventually } from "./eventually.ts";
import { askedForFunds, cardOf, publishFlow, scriptFor } from "./forms-scene.ts";
import { CustomerWindow } from "./pages/customer-window.ts";

const scene = continuityScene();
const OWN_WORDS = "A boat for the lake";
const OFFLINE = "What you write is kept here and sent as soon as it can be.";
const MB = 1_000_000;

/** What goes over the page's next sockets. */
function sentBy(page: Page): ClientMessage[] {
  const sent: ClientMessage[] = [];
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => void sent.push(JSON.parse(String(payload)) as ClientMessage)),
  );
  // Where a WebSocket was refused once too often, the window comes back by the other way.
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().includes("/stream/sse/"))
      sent.push(...(request.postDataJSON() as ClientMessage[]));
  });
  return sent;
}

/** A customer whose line can be cut has the use of funds before them. */
async function filling() {
  const { talking, admin, proxy } = scene();
  const { customer, agent } = await talking();
  const asked = await askedForFunds(admin, customer, agent.id);
  await customer.button("Fill in").click();
  await customer.sees("Amara can see what you type here.");
  const cut = async () => {
    await proxy.refuse();
    proxy.drop();
    await customer.sees(OFFLINE);
  };
  const write = async () => {
    await customer.window.getByRole("radio", { name: "For something else" }).check();
    await customer.field("What will it be?").fill(OWN_WORDS);
    await customer.hasKept(OWN_WORDS);
  };
  return { customer, agent, cut, write, ...asked };
}

test("[C10] the line is cut for a minute while the customer types: the agent reads so, then the values come once, in order", async () => {
  const { stage, proxy, amara } = scene();
  const { customer, cut, stored } = await filling();
  // Where the minute is long the customer is missed, and comes back to an agent only who is not away.
  const desk = await stage.agent("amara");
  onTestFinished(async () => void (await amara.command({ type: "presence.set", status: "away", reason: null })));
  await desk.row("Ana").first().click();
  const card = cardOf(desk);
  await card.getByText("Ana Ruiz is here").waitFor();
  const sent = sentBy(customer.page);
  await customer.page.clock.install();
  await cut();
  await card.getByText("Ana Ruiz is offline; the form stays open").waitFor();
  const before = (await stored()).seq;

  await customer.window.getByRole("radio", { name: "For something else" }).check();
  const own = customer.field("What will it be?");
  for (const words of ["A", "A boat", OWN_WORDS]) {
    await own.fill(words);
    await customer.page.clock.runFor(20_000);
  }
  await customer.sees(OFFLINE);
  expect((await stored()).seq).toBe(before);

  await proxy.resume();
  const isHere = () => card.getByText("Ana Ruiz is here").isVisible();
  await inFastTime(customer.page, async () => (await card.getByText(OWN_WORDS).isVisible()) && (await isHere()));
  await customer.window.getByText(OFFLINE).waitFor({ state: "detached" });
  expect(await own.inputValue()).toBe(OWN_WORDS);
  const sets = sent.flatMap((message) =>
    message.type === "form" && message.act.act === "set" ? [`${message.act.field}: ${message.act.value}`] : [],
  );
  // A line that broke once more makes the client say it again, which the server knows: it is stored once (below).
  expect([...new Set(sets)]).toEqual(["ask.reason: other", `ask.detail: ${OWN_WORDS}`]);
  expect((await stored()).seq).toBe(before + 2);
});

test("[CW6] what was typed without a connection is there after the page died, and reaches the server then", async () => {
  const { proxy } = scene();
  const { customer, cut, write, stored } = await filling();
  await cut();
  await write();
  const device = customer.page.context();
  const shop = customer.page.url();
  await customer.page.close();
  await proxy.resume();
  expect(JSON.stringify(await stored())).not.toContain(OWN_WORDS);

  const again = await CustomerWindow.at(await device.newPage(), shop);
  await again.reopenIfClosed();
  await again.button(/Fill in|Continue/).click();
  await eventually(() => again.field("What will it be?").inputValue()).toBe(OWN_WORDS);
  await eventually(async () => JSON.stringify(await stored())).toContain(OWN_WORDS);
});

test("[CW7] sent too late: the form says that it is over, and what was typed can be read and copied, also after a reload", async () => {
  const { proxy, amara } = scene();
  const { customer, cut, write, conversationId, formId, stored } = await filling();
  await customer.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await cut();
  await write();
  await customer.window.getByRole("checkbox", { name: /agree/i }).check();
  await customer.log.getByRole("button", { name: "Send" }).click();
  await customer.log.getByRole("button", { name: "Sending…" }).waitFor();
  await amara.command({ type: "form.cancel", conversationId, formId });
  await proxy.resume();

  await customer.sees("This form was cancelled.");
  await customer.sees("This was not sent:");
  await customer.sees(OWN_WORDS);
  expect(JSON.stringify(await stored())).not.toContain(OWN_WORDS);
  await customer.reload();
  await customer.sees("This form was cancelled.");
  await customer.sees(OWN_WORDS);
  await customer.button("Copy").click();
  await customer.sees("Copied");
  const copied = await customer.page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split("\n")).toEqual(["Purpose: For something else", `What will it be?: ${OWN_WORDS}`]);
});

const PAPERS = {
  $schema: "flow/1",
  key: "test.papers",
  kind: "screen",
  audience: "customer",
  title: "Papers",
  outputs: { plan: { type: "file", label: "Plan" }, more: { type: "file?", label: "More" } },
  start: "ask",
  nodes: {
    ask: {
      type: "screen",
      title: "Your papers",
      components: [
        { id: "plan", kind: "file", label: "Plan", required: true },
        { id: "more", kind: "file", label: "Anything else" },
      ],
      next: "done",
    },
    done: { type: "end", out: { plan: "=ask.plan", more: "=ask.more" } },
  },
} as unknown as Flow;

test("[C25] 20 MB in a form over a line that breaks: the upload goes on, sending waits for it, a refused file is told at its field", async () => {
  const { talking, admin, proxy, stage } = scene();
  await publishFlow(admin, PAPERS);
  const script = scriptFor(PAPERS.key);
  await publishFlow(admin, script);
  const { customer, agent } = await talking();
  const inputs = { conversationId: agent.id };
  await admin.call("POST", `/flows/${script.key}/runs`, { id: newId(), conversationId: agent.id, inputs });
  await customer.button("Fill in").click();
  const send = customer.log.getByRole("button", { name: "Send" });
  const input = (name: RegExp) => customer.window.getByRole("group", { name }).locator("input[type=file]");
  const program = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(4_000, 0x90)]);
  await input(/^Anything else/).setInputFiles({ name: "more.pdf", mimeType: "application/pdf", buffer: program });
  const refused = customer.window.locator("p.ff-wrong", { hasText: "This kind of file cannot be added here." });
  await refused.waitFor();
  expect(await input(/^Anything else/).getAttribute("aria-invalid")).toBe("true");
  const described = await input(/^Anything else/).getAttribute("aria-describedby");
  expect(described?.split(" ")).toContain(await refused.getAttribute("id"));

  const plan = Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(20 * MB)]);
  let parts = 0;
  const some = customer.page.waitForRequest((request) => {
    if (request.method() === "POST" && request.url().endsWith("/uploads")) parts += 1;
    return parts === 4;
  });
  // As a file of the machine: through the browser's own wire it would take longer than over the network.
  const folder = await mkdtemp(join(tmpdir(), "clew-plan-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "plan.pdf"), plan);
  await input(/^Plan/).setInputFiles(join(folder, "plan.pdf"));
  await some;
  await proxy.refuse();
  proxy.drop();
  await customer.sees(OFFLINE);
  const sent = sentBy(customer.page);
  await send.click();
  await customer.sees("One answer needs another look");
  await customer.button("Remove more.pdf").click();
  await send.click();
  await customer.log.getByRole("button", { name: "Sending…" }).waitFor();
  const changes = () => agent.events().then((events) => events.filter((one) => one.type === "form.changed"));
  expect(await changes()).toEqual([]);

  await proxy.resume();
  await customer.sees(/^Receipt/);
  expect(parts).toBeLessThan(10 + 4);
  const submits = sent.filter((message) => message.type === "command" && message.command.type === "form.submit");
  expect(submits, "sent before its file had come").toHaveLength(1);
  const [change] = await changes();
  const receipt = change?.type === "form.changed" ? change.form.receipt : null;
  expect(receipt?.answers).toMatchObject([{ text: "plan.pdf", files: [{ name: "plan.pdf", size: plan.length }] }]);
  const { headers } = await signIn(stage.url, "amara");
  const read = await fetch(`${stage.url}/api/v1/attachments/${receipt?.answers[0]?.files?.[0]?.id}`, { headers });
  const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  expect(sha256(new Uint8Array(await read.arrayBuffer()))).toBe(sha256(plan));
  expect(await customer.window.locator(".upload").count()).toBe(0);
});

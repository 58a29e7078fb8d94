import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { everythingAt, sealingKeyIn } from "@clew/server/testing/everything-in";
import { ASKS_HIDDEN, filesIn, HIDDEN_FORM } from "@clew/server/testing/hidden-answers";
import { newId } from "@clew/server/testing/test-app";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { serve } from "./agent-side-scene.ts";
import { eventually } from "./eventually.ts";
import { caseOf, publishFlow } from "./forms-scene.ts";
import type { AgentConsole } from "./pages/agent-console.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { openStage } from "./stage.ts";

const WORD = "geranium";
const IBAN = "DE89370400440532013000";
/** Also as windows write it. */
const ACCOUNT = /DE89 ?3704 ?0044 ?0532 ?0130 ?00/;
const PIN = "4711-hush-4711";
const DAY = 86_400_000;

type Places = Record<string, string>;

test("[C16] a private and a secret answer are in nothing that staff's windows are told, hold or keep, and nowhere readable on the server; the secret is gone after a day", async () => {
  const data = await mkdtemp(join(tmpdir(), "clew-hidden-"));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const logs: string[] = [];
  const stage = await openStage({ data, logs });
  const [api, key] = await Promise.all([stage.admin(), sealingKeyIn(data)]);
  for (const flow of [HIDDEN_FORM, ASKS_HIDDEN]) await publishFlow(api, flow);
  const amara = await stage.agent("amara");
  const customer = await serve(stage, amara);
  const cora = await stage.agent("supervisor", { status: null });
  await cora.open(`conversations/${amara.page.url().split("/").at(-1)}`);
  const wires = [amara, cora, customer].map(({ page }) => wireOf(page));
  await Promise.all([amara, cora, customer].map(({ page }) => page.reload()));
  await Promise.all([amara, cora, customer].map((side) => side.reads("Hello Ana Ruiz!")));
  const { conversationId, caseId } = await caseOf(api);
  const runId = newId();
  const inputs = { conversationId, caseId };
  await api.call("POST", `/flows/${ASKS_HIDDEN.key}/runs`, { id: runId, conversationId, caseId, inputs });
  const staff = { Amara: amara, Cora: cora };
  /** Who looks by way of the page would leave there what they look for. */
  const shown = async ({ page }: AgentConsole, text: string) => (await page.content()).includes(text);

  /** All that the windows of staff are told, keep and show. */
  async function atStaff(): Promise<Places> {
    const found: Places = {};
    for (const [index, [name, { page }]] of Object.entries(staff).entries()) {
      found[`the wire of ${name}`] = (await wires[index]?.()) ?? "";
      found[`the storage of ${name}`] = await new CustomerWindow(page).kept();
      found[`the screen of ${name}`] = await page.content();
    }
    return found;
  }
  /** All that the server has, and what it gives to whom asks for it. */
  const atServer = async (): Promise<Places> => ({
    "the store": await everythingAt({ folder: data }),
    "the files, which backups copy": await filesIn(data),
    "the log": logs.join(""),
    "the run": JSON.stringify(await api.call("GET", `/runs/${runId}`)),
    "the timeline and its export": JSON.stringify(await api.events(conversationId)),
    "the audit": JSON.stringify(await api.call("GET", "/audit")),
  });
  const sealed = async (word: string) => (await everythingAt({ folder: data }, key)).includes(word);

  await customer.button("Fill in").click();
  await customer.field("A word for all").fill(WORD);
  await customer.field("Account").fill(IBAN);
  await customer.window.getByRole("textbox", { name: /^PIN/ }).fill(PIN);
  await customer.page.keyboard.press("Tab");
  await eventually(() => shown(amara, WORD)).toBe(true);
  for (const side of [amara, cora]) await side.sees("Ana Ruiz is filling in the form · 3 of 3");
  await eventually(() => sealed(IBAN)).toBe(true);
  const typed = { ...(await atStaff()), ...(await atServer()) };
  // What is open is found where it should be: the search is none that finds nothing.
  expect(placesOf(WORD, typed)).toEqual(
    expect.arrayContaining(["the wire of Amara", "the screen of Amara", "the wire of Cora"]),
  );
  expect(placesOf(ACCOUNT, typed)).toEqual([]);
  const own = { "the wire of the customer": (await wires[2]?.()) ?? "", "the storage": await customer.kept() };
  expect(placesOf(PIN, { ...typed, ...own })).toEqual([]);
  expect(await sealed(PIN)).toBe(false);

  await customer.log.getByRole("button", { name: "Send" }).click();
  await customer.sees(/^Receipt/);
  const standsAt = async () => (await api.call<{ run: { node: string } }>("GET", `/runs/${runId}`)).run.node;
  await eventually(standsAt).toBe("wait");
  await eventually(() => shown(amara, "given, not shown")).toBe(true);
  const more = { "the memory of Amara": await memoryOf(amara.page), "the transcript": await transcriptOf(customer) };
  const sent = { ...(await atStaff()), ...(await atServer()), ...more };
  const open = ["the wire of Amara", "the screen of Amara", "the memory of Amara", "the store", "the run"];
  expect(placesOf(WORD, sent)).toEqual(expect.arrayContaining(open));
  expect(placesOf(ACCOUNT, sent)).toEqual([]);
  expect(placesOf(PIN, { ...sent, "the storage of the customer": await customer.kept() })).toEqual([]);
  expect([await sealed(IBAN), await sealed(PIN)]).toEqual([true, true]);

  await Promise.all([amara, cora, customer].map(({ page }) => page.context().close()));
  stage.skip(DAY);
  await eventually(() => sealed(PIN)).toBe(false);
  expect(await sealed(IBAN)).toBe(true);
});

function placesOf(word: string | RegExp, places: Places): string[] {
  return Object.entries(places).flatMap(([place, text]) => (text.search(word) < 0 ? [] : [place]));
}

/** All that the page says to the server and is told, once it is loaded again. */
function wireOf(page: Page): () => Promise<string> {
  const said: (string | Promise<string>)[] = [];
  const frame = ({ payload }: { payload: string | Buffer }) => void said.push(String(payload));
  page.on("websocket", (socket) => socket.on("framesent", frame).on("framereceived", frame));
  page.on("request", (request) => void said.push(request.postData() ?? ""));
  page.on("response", (response) => {
    if (response.url().includes("/api/")) said.push(response.text().catch(() => ""));
  });
  return async () => (await Promise.all(said)).join("\n");
}

/** All that the page's scripts hold. */
async function memoryOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const parts: string[] = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => void parts.push(chunk));
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await session.detach();
  return parts.join("");
}

/** The file that the customer takes along. */
async function transcriptOf(customer: CustomerWindow): Promise<string> {
  await customer.button("Options").click();
  const coming = customer.page.waitForEvent("download");
  await customer.button("Download transcript").click();
  return readFile(await (await coming).path(), "utf8");
}

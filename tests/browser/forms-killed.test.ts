import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FormView } from "@clew/contract/flows/form-live";
import { asks, formOf } from "@clew/server/testing/form-flows";
import { newId } from "@clew/server/testing/test-app";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../support/postgres-cluster.ts";
import { ServerProcess } from "../support/server-process.ts";
import { AdminApi } from "./admin-api.ts";
import { eventually } from "./eventually.ts";
import { cardOf, publishFlow } from "./forms-scene.ts";
import { openStage } from "./stage.ts";

const question = (id: string, label: string) => ({ id, kind: "text", label, edit: "both" });
const FORM = formOf("test.agreement", {
  components: [
    question("what", "What it is for"),
    question("rate", "Rate"),
    question("years", "How long"),
    question("branch", "Branch"),
  ],
});
const SCRIPT = asks("test.agreementScript", { form: FORM.key, title: "Agree on terms" });
const OFFLINE = "What you write is kept here and sent as soon as it can be.";
const AWAY = "The connection is away. What you write is kept and sent when it is back.";

test("[C9] the server is killed while customer and agent type: without a reload both read the same after, and nothing that either typed is missing", async () => {
  const data = await mkdtemp(join(tmpdir(), "clew-killed-"));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const server = ServerProcess.clew({ port: await freePort(), data, databaseUrl: null });
  onTestFinished(() => server.kill());
  const [stage] = await Promise.all([openStage(), server.start()]);
  const { url } = server;
  const api = await AdminApi.signIn(url);
  for (const flow of [FORM, SCRIPT]) await publishFlow(api, flow);
  const amara = await stage.agent("amara", { url });
  const customer = await stage.customer({ url });
  await customer.begin({ name: "Ana Ruiz" });
  await amara.accept();
  const conversationId = amara.page.url().split("/").at(-1) ?? "";
  await api.call("POST", `/flows/${SCRIPT.key}/runs`, { id: newId(), conversationId, inputs: { conversationId } });
  await customer.button("Fill in").click();
  const card = cardOf(amara, "Agree on terms");
  const answers = async (label: string, words: string) => {
    await card.getByRole("button", { name: `What to do about ${label}` }).click();
    await amara.page.getByRole("menuitem", { name: "Fill in" }).click();
    const box = card.getByRole("textbox", { name: `The answer to “${label}”` });
    await box.fill(words);
    return box;
  };
  await Promise.all([customer, amara].map(({ page }) => page.evaluate(() => Object.assign(window, { same: true }))));

  // Some of it is confirmed, some is on its way, some is typed while nobody is there to hear it.
  const what = customer.field("What it is for");
  await what.fill("A boat");
  await card.getByText("A boat").waitFor();
  await (await answers("Rate", "Four per cent")).press("Enter");
  await eventually(() => customer.field("Rate").inputValue()).toBe("Four per cent");
  const years = await answers("How long", "Ten years");
  await Promise.all([what.pressSequentially(" for"), years.press("Enter"), server.kill()]);
  await Promise.all([customer.sees(OFFLINE), amara.sees(AWAY)]);
  await what.pressSequentially(" the lake");
  await (await answers("Branch", "Harbour Street")).press("Enter");
  await server.start();

  const all = {
    "What it is for": "A boat for the lake",
    Rate: "Four per cent",
    "How long": "Ten years",
    Branch: "Harbour Street",
  };
  const formId = async () => {
    const opened = (await api.events(conversationId)).find(({ type }) => type === "form.opened");
    return opened?.type === "form.opened" ? opened.form.id : "";
  };
  const stored = async () => {
    const { fields } = await api.call<FormView>("GET", `/conversations/${conversationId}/forms/${await formId()}`);
    return fields.map(({ value }) => value).toSorted();
  };
  await eventually(stored).toEqual(Object.values(all).toSorted());
  for (const [label, words] of Object.entries(all)) {
    await eventually(() => customer.field(label).inputValue()).toBe(words);
    await card.locator("dl > div").filter({ hasText: label }).getByText(words, { exact: true }).waitFor();
  }
  await customer.log.getByRole("button", { name: "Send" }).click();
  const receipt = amara.log.getByRole("region", { name: /^Receipt/ });
  for (const words of Object.values(all)) await receipt.getByText(words, { exact: true }).waitFor();
  expect(await receipt.count()).toBe(1);
  for (const { page } of [customer, amara]) await page.waitForFunction(() => "same" in window);
});

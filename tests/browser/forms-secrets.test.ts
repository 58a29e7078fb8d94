import { asks, formOf } from "@clew/server/testing/form-flows";
import { newId } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import type { AdminApi } from "./admin-api.ts";
import { findings } from "./findings.ts";
import { publishFlow } from "./forms-scene.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { DEMO_CHANNELS, openStage } from "./stage.ts";

const CODE = "0815-hush-4711";
const WHY = "The bank asks for it on the phone";
const FORM = formOf("test.code", { components: [{ id: "code", kind: "secret", label: "Code", required: true }] });
/** Open for less than the time that is spoken of. */
const SCRIPT = asks("test.asksCode", { form: FORM.key, ask: { expires: "PT4M" } });

test("[SE5] [SE7] the time left is the server's, an hour wrong as the page's clock is; a supervisor reads the secret that was sent, for a reason and a moment", async () => {
  const stage = await openStage();
  const api = await stage.admin();
  await publishFlow(api, FORM);
  await publishFlow(api, SCRIPT);
  const amara = await stage.agent("amara");
  const device = await stage.device({ viewport: { width: 1100, height: 760 } });
  await device.clock.install({ time: Date.now() - 3_600_000 });
  const customer = await CustomerWindow.inShop(await device.newPage(), stage.url, DEMO_CHANNELS.shop);
  await customer.begin({ name: "Ana Ruiz" });
  await amara.accept();
  const conversationId = amara.page.url().split("/").at(-1) ?? "";
  await api.call("POST", `/flows/${SCRIPT.key}/runs`, { id: newId(), conversationId, inputs: { conversationId } });
  await customer.button("Fill in").click();
  await customer.button("More time").waitFor();
  await customer.window.getByRole("textbox", { name: /^Code/ }).fill(CODE);
  await customer.log.getByRole("button", { name: "Send" }).click();
  await customer.sees(/^Receipt/);

  await amara.reads("given, not shown");
  expect(await amara.page.getByRole("button", { name: /^Open/ }).count()).toBe(0);

  const { page } = await stage.agent("supervisor", { status: null });
  await page.clock.install();
  await page.goto(`${stage.url}/console/conversations/${conversationId}`);
  await page.getByRole("button", { name: "Open “Code”" }).click();
  const dialog = page.getByRole("dialog", { name: "Open “Code”" });
  const press = dialog.getByRole("button", { name: "Open…" });
  expect(await press.isDisabled()).toBe(true);
  await dialog.getByLabel("Why do you need it?").fill(WHY);
  expect(await findings(page, "[role=dialog]")).toEqual([]);
  await screenshot(page, "forms/secret-reason");
  await press.click();
  await page.getByText(CODE).waitFor();
  await dialog.waitFor({ state: "detached" });
  await screenshot(page, "forms/secret-opened");
  const kept = new CustomerWindow(page);
  expect(await kept.kept()).not.toContain(CODE);
  await page.clock.fastForward(30_000);
  await page.getByText(CODE).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Open “Code”" }).waitFor();
  expect(await audited(api)).toEqual([{ field: "ask.code", reason: WHY }]);
});

test("[WF17] the tab with the connection dies, and so does the next as Send is pressed: a half-filled secret and its Send go on in the third", async () => {
  const stage = await openStage();
  const api = await stage.admin();
  await publishFlow(api, FORM);
  await publishFlow(api, SCRIPT);
  const amara = await stage.agent("amara");
  const first = await stage.customer();
  await first.begin({ name: "Ana Ruiz" });
  await amara.accept();
  const conversationId = amara.page.url().split("/").at(-1) ?? "";
  await api.call("POST", `/flows/${SCRIPT.key}/runs`, { id: newId(), conversationId, inputs: { conversationId } });
  await first.button("Fill in").waitFor();
  const second = await first.secondTab();
  await second.button("Fill in").waitFor();
  const third = await second.secondTab();
  await third.button("Fill in").click();
  const code = third.window.getByRole("textbox", { name: /^Code/ });
  await code.fill(CODE.slice(0, 4));

  await (await dying(first)).crashed;
  await amara.post("Take your time");
  await third.reads("Take your time");
  expect(await code.inputValue()).toBe(CODE.slice(0, 4));
  await code.fill(CODE);
  const { crashed } = await dying(second);
  await third.log.getByRole("button", { name: "Send" }).click();
  await crashed;
  await third.sees(/^Receipt/);
  await amara.reads("given, not shown");
  expect(await third.kept()).not.toContain(CODE);
  const events = await api.events(conversationId);
  expect(events.filter((one) => one.type === "form.changed" && one.form.state === "submitted")).toHaveLength(1);
});

/** The page dies before it can answer. */
async function dying({ page }: CustomerWindow): Promise<{ crashed: Promise<unknown> }> {
  const crashed = page.waitForEvent("crash");
  const session = await page.context().newCDPSession(page);
  session.send("Page.crash").catch(() => undefined);
  return { crashed };
}

async function audited(api: AdminApi) {
  const { items } = await api.call<{ items: { action: string; change: { field: string; reason: string } }[] }>(
    "GET",
    "/audit",
  );
  return items
    .filter(({ action }) => action === "open-secret")
    .map(({ change: { field, reason } }) => ({ field, reason }));
}

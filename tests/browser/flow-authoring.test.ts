import type { Flow } from "@clew/contract/flows/definition";
import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { eventually } from "./eventually.ts";
import { findings } from "./findings.ts";
import { FlowEditor, flowsOf } from "./flow-editor-scene.ts";
import { sharedStage } from "./stage.ts";

/** One pixel. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Decides by an amount, and then would change a case that is not there. */
const DECIDES = {
  $schema: "flow/1",
  key: "agent.decides",
  kind: "background",
  title: "Looks at the amount",
  trigger: { on: "agent.button", where: ["session"], label: "Look at the amount" },
  vars: { amount: { type: "number" } },
  start: "count",
  nodes: {
    count: { type: "assign", label: "Count", set: [{ var: "amount", value: 5 }], next: "choose" },
    choose: {
      type: "decision",
      label: "Is it much?",
      branches: [{ label: "Much", when: "=amount > 3", next: "change" }],
      else: "end",
    },
    change: {
      type: "records.update",
      label: "Change the case",
      object: "Case",
      id: "='nobody'",
      values: { status: "closed" },
      next: "end",
    },
    end: { type: "end" },
  },
} as unknown as Flow;

const cast = sharedStage(async (stage) => {
  const flows = await flowsOf(stage);
  await flows.publish(DECIDES);
  return { flows };
});

test("[FW1] JSON that cannot be read is kept while other views are looked at, and dropped only when one says so", async () => {
  const { stage } = cast();
  const editor = await FlowEditor.open(stage, "route.webchat");
  const { page } = editor;
  const show = (view: string) => page.getByText(view, { exact: true }).click();
  const json = page.getByRole("textbox", { name: "The flow as JSON" });
  const write = async (text: string) => {
    await json.click();
    await json.press("ControlOrMeta+Home");
    await page.keyboard.type(text);
  };
  await show("JSON");
  await write("oops");
  await page.getByText("This is not JSON yet").waitFor();

  await show("Outline");
  const kept = page.getByRole("status").filter({ hasText: "The JSON view holds text that cannot be read" });
  await kept.waitFor();
  await editor.field("Title").fill("Changed meanwhile");
  await kept.filter({ hasText: "What was changed in the other views" }).waitFor();
  expect(await findings(page)).toEqual([]);
  await screenshot(page, "flow-json-kept");
  await page.getByRole("link", { name: "Versions" }).click();
  await page.getByRole("button", { name: "Stay here" }).click();

  await editor.button("Back to the text").click();
  await editor.focused(json);
  await json.getByText("oops").waitFor();
  await page.getByText("What was changed in the other views").waitFor();
  await json.press("ControlOrMeta+Home");
  for (const _ of "oops") await json.press("Delete");
  await page.getByText("This is not JSON yet").waitFor({ state: "detached" });
  await page.getByRole("heading", { level: 1, name: "Changed meanwhile" }).waitFor({ state: "detached" });
  await editor.button("Undo").click();
  await page.getByRole("heading", { level: 1, name: "Changed meanwhile" }).waitFor();
  await json.getByText("Changed meanwhile").waitFor();
  await editor.button("Redo").click();
  await json.getByText("Changed meanwhile").waitFor({ state: "detached" });

  await write("again");
  await page.getByText("This is not JSON yet").waitFor();
  await show("Outline");
  await editor.button("Drop the text").click();
  await kept.waitFor({ state: "detached" });
  await show("JSON");
  await json.getByText("$schema").waitFor();
  expect(await page.getByText("again", { exact: true }).count()).toBe(0);
});

test("[FW5] a version is published on trial; the page of versions tells how it does and makes it live", async () => {
  const { stage } = cast();
  const editor = await FlowEditor.open(stage, "case.followUp");
  const { page } = editor;
  await editor.field("Title").fill("Another title");
  await editor.save();
  await editor.button("Publish").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What is new").fill("First on a part");
  await dialog.getByLabel(/^A part of the new runs/).check();
  await dialog.getByLabel("Part of the runs").fill("20");
  expect(await findings(page)).toEqual([]);
  await screenshot(page, "flow-publish-trial");
  await dialog.getByRole("button", { name: "Publish" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Versions" }).click();
  const second = page.getByRole("listitem").filter({ hasText: "Version 2" });
  await second.getByText("on trial, 20%").waitFor();
  await second.getByText("No run has taken it yet. It is taken back above 5%.").waitFor();
  await screenshot(page, "flow-versions-trial");
  await second.getByRole("button", { name: "Make live" }).click();
  await second.getByText("live", { exact: true }).waitFor();
  expect(await second.getByText("on trial").count()).toBe(0);
});

test("[FW5] a version that is there already is tried for a while, and the trial is ended", async () => {
  const { stage, flows } = cast();
  const { key } = DECIDES;
  const { revision } = await flows.draft(key);
  await flows.post(`/flows/${key}/publish`, { revision, message: "The same again", activate: false });
  const { page } = await FlowEditor.open(stage, `${key}/versions`);
  const second = page.getByRole("listitem").filter({ hasText: "Version 2" });
  await second.getByRole("button", { name: "More for version 2" }).click();
  await page.getByRole("menuitem", { name: "Try on a part of the runs" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Take it back above").fill("");
  await screenshot(page, "flow-trial-dialog");
  await dialog.getByRole("button", { name: "Begin" }).click();
  await second.getByText("on trial, 10%").waitFor();
  await second.getByText("It is not taken back by itself.").waitFor();
  await second.getByRole("button", { name: "More for version 2" }).click();
  await page.getByRole("menuitem", { name: "End the trial" }).click();
  await second.getByText("on trial").waitFor({ state: "detached" });
});

test("[FW7] the page of a run shows its way in the flow's picture; keyboard and screen reader have the list", async () => {
  const { stage, flows } = cast();
  const id = crypto.randomUUID();
  await flows.post(`/flows/${DECIDES.key}/runs`, { id });
  const cora = await stage.agent("supervisor", { status: null });
  await cora.open(`runs/${id}`);
  const { page } = cora;
  await page.getByText(/^Stopped at “/).waitFor();
  const box = (name: string) => page.locator(".react-flow__node").filter({ hasText: name }).locator("[data-lit]");
  await box("Change the case").and(page.locator("[data-lit=true][data-fault]")).waitFor();
  await box("Is it much?").and(page.locator("[data-lit=true]:not([data-fault])")).waitFor();
  await box("end").and(page.locator("[data-lit=false]")).waitFor();
  expect(await findings(page)).toEqual([]);
  await screenshot(page, "run-canvas");
  await box("Count").click();
  await page.getByRole("heading", { name: /after step 1/ }).waitFor();
  await page.getByRole("button", { name: "Show the variables as they are now" }).click();
  // By keyboard the same: Tab comes to the steps of the list, never into the picture.
  const first = page.getByRole("button", { name: /step 1/ });
  await page.locator("h1").click();
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press("Tab");
    if (await first.evaluate((element) => element === document.activeElement)) break;
  }
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /after step 1/ }).waitFor();
  await page.getByRole("row").filter({ hasText: "choose" }).getByText("Much", { exact: true }).waitFor();
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 860 });
  await page.locator("html[data-mantine-color-scheme=dark]").waitFor();
  expect(await findings(page)).toEqual([]);
  const around = page.locator(":has(h1)");
  expect(await around.evaluateAll((all) => Math.max(...all.map(({ scrollWidth }) => scrollWidth)))).toBe(390);
  await screenshot(page, "run-canvas-dark-phone");
  // The picture is met neither by Tab nor by screen readers.
  const focusable = page.locator('[aria-hidden="true"] :is(a, button, [tabindex]):not([tabindex="-1"])');
  expect(await focusable.count()).toBe(0);
  await page.getByRole("listitem").filter({ hasText: "Is it much?" }).getByText("Much", { exact: true }).waitFor();
});

test("[AS4] [FM5] a picture is put there, and a screen of a flow shows it by its address, or its words where it is not there", async () => {
  const { stage, flows } = cast();
  const admin = await stage.agent("admin", { status: null });
  const { page } = admin;
  await admin.open("admin/assets");
  await page.getByRole("heading", { name: "No pictures yet" }).waitFor();
  const input = page.locator("input[type=file]");
  await input.setInputFiles({ name: "plan.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
  await page.getByRole("alert").getByText("This is no PNG, JPEG, GIF or WebP.").waitFor();
  await input.setInputFiles({ name: "Our plan.png", mimeType: "image/png", buffer: Buffer.from(PIXEL, "base64") });
  const row = page.getByRole("listitem").filter({ hasText: /our-plan-[0-9a-f]{16}\.png/ });
  await row.getByText("1 × 1").waitFor();
  expect(await findings(page)).toEqual([]);
  await screenshot(page, "admin-assets");
  const src = await row.locator("img").getAttribute("src");
  const components = [
    { kind: "image", src, alt: "The plan" },
    { kind: "image", src: "=asset('garage' + '.png')", alt: "The garage" },
  ];
  const shows = {
    ...{ $schema: "flow/1", key: "agent.shows", kind: "screen", audience: "agent", title: "Shows a picture" },
    start: "look",
    nodes: {
      look: { type: "screen", title: "Look", components, next: "end" },
      end: { type: "end" },
    },
  };
  await flows.save(shows.key, shows, 0);
  await admin.open(`simulator/${shows.key}`);
  await page.getByRole("button", { name: "Begin" }).click();
  const shown = page.getByRole("img", { name: "The plan" });
  await eventually(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1);
  // One that is not there is told in its words.
  await page.getByRole("paragraph").getByText("The garage", { exact: true }).waitFor();
});

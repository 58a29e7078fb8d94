import { readFile } from "node:fs/promises";
import { canonicalText } from "@clew/domain/flows/format/canonical";
import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { eventually } from "./eventually.ts";
import { findings } from "./findings.ts";
import { FlowEditor, flowsOf } from "./flow-editor-scene.ts";
import { sharedStage } from "./stage.ts";

const FOLLOW_UP = "case.followUp";
const SHORT = "route.webchat.short";

const cast = sharedStage(async (stage) => ({ flows: await flowsOf(stage) }));

test("[T3] a second save is refused with what parts the two drafts; either can be taken, and undo brings mine back", async () => {
  const { stage, flows } = cast();
  const editor = await FlowEditor.open(stage, FOLLOW_UP);
  const { page } = editor;
  const title = editor.field("Title");
  await title.fill("Mine");
  const { definition, revision } = await flows.draft(FOLLOW_UP);
  await flows.save(FOLLOW_UP, { ...definition, title: "Theirs" }, revision);
  await editor.button("Save draft").click();
  const dialog = page.getByRole("dialog", { name: "Somebody else has saved this flow" });
  await dialog.getByRole("row", { name: "Setting title Theirs Mine" }).waitFor();
  await screenshot(page, "flow-conflict");
  expect((await flows.draft(FOLLOW_UP)).definition.title).toBe("Theirs");
  await dialog.getByRole("button", { name: "Take theirs, drop mine" }).click();
  await page.getByRole("heading", { level: 1, name: "Theirs" }).waitFor();
  await editor.button("Undo").click();
  await page.getByRole("heading", { level: 1, name: "Mine" }).waitFor();

  const theirs = await flows.draft(FOLLOW_UP);
  await flows.save(FOLLOW_UP, { ...theirs.definition, title: "Theirs again" }, theirs.revision);
  await editor.button("Save draft").click();
  await dialog.getByRole("button", { name: "Put mine over theirs" }).click();
  await page.getByText("Draft saved").waitFor();
  expect((await flows.draft(FOLLOW_UP)).definition.title).toBe("Mine");
});

test("[E16] a flow that is saved in the editor with nothing changed in the end is the same file byte by byte", async () => {
  const { stage, flows } = cast();
  const key = "loan.useOfFunds.agent";
  const file = await readFile(new URL(`../../examples/flows/${key}.flow.json`, import.meta.url), "utf8");
  const before = await flows.draft(key);
  const editor = await FlowEditor.open(stage, key);
  const title = editor.field("Title");
  const written = await title.inputValue();
  for (const text of ["Another title", written]) {
    await title.fill(text);
    await editor.button("Save draft").click();
    await eventually(async () => (await flows.draft(key)).definition.title).toBe(text);
  }
  const after = await flows.draft(key);
  expect(after.revision).toBe(before.revision + 2);
  expect(JSON.stringify(after.definition)).toBe(JSON.stringify(before.definition));
  expect(canonicalText(after.definition)).toBe(file);
});

test("[FL6] [FL7] canvas and JSON are the same flow as the outline, and a finding leads to its field", async () => {
  const { stage } = cast();
  const editor = await FlowEditor.open(stage, "route.webchat");
  const { page } = editor;
  await editor.line(/^who/).click();
  await page.getByText("Canvas", { exact: true }).click();
  const box = page.locator(".react-flow__node");
  await box.filter({ hasText: "who" }).and(page.locator(".selected")).waitFor();
  await box.filter({ hasText: "choose" }).click();
  await page.getByRole("region", { name: "Fields of choose" }).waitFor();
  await screenshot(page, "flow-canvas");

  await page.getByText("JSON", { exact: true }).click();
  const json = page.getByRole("textbox", { name: "The flow as JSON" });
  await json.click();
  await json.press("ControlOrMeta+Home");
  for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "End", "Enter"]) await json.press(key);
  await page.keyboard.type('"tag');
  await page.getByText("This is not JSON yet").waitFor();
  await page.getByRole("option", { name: /tags/ }).click();
  await page.keyboard.type(": 5,");
  await page.getByRole("button", { name: /^Error: .*tags/ }).waitFor();
  await page.getByText("Outline", { exact: true }).click();
  await page.getByRole("button", { name: /^Error: .*tags/ }).click();
  await editor.focused(page.getByRole("group", { name: "Tags" }).getByRole("button", { name: "Add to Tags" }));
});

test("[FL8] versions are published against the live one, rolled back, and not deleted while one is live", async () => {
  const { stage, flows } = cast();
  const { definition, revision } = await flows.draft(SHORT);
  // The example names what an organisation has; the demo's has these.
  const to = { queue: "Orders and advice" };
  const { nodes } = definition as unknown as { nodes: Record<string, object> };
  const known = { ...nodes, toBilling: { ...nodes.toBilling, to }, toFallback: { ...nodes.toFallback, to } };
  await flows.save(SHORT, { ...definition, nodes: known } as typeof definition, revision);
  const editor = await FlowEditor.open(stage, SHORT);
  const { page } = editor;
  const publish = async (message: string) => {
    await editor.button("Publish").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("What is new").fill(message);
    return dialog;
  };
  await (await publish("As it was")).getByRole("button", { name: "Publish" }).click();
  await page.getByText("Version 1 is live.").waitFor();
  await editor.field("Title").fill("The short entrance");
  const waiting = await publish("Another title");
  await waiting.getByText("Save the draft first.").waitFor();
  await eventually(() => waiting.getByRole("button", { name: "Publish" }).isDisabled()).toBe(true);
  await waiting.getByRole("button", { name: "Cancel" }).click();
  await editor.save();
  const second = await publish("Another title");
  await second.getByRole("row", { name: /The short entrance/ }).waitFor();
  await screenshot(page, "flow-publish");
  await second.getByRole("button", { name: "Publish" }).click();
  await page.getByText("Version 2 is live.").waitFor();

  await page.getByRole("link", { name: "Versions" }).click();
  const versions = page.getByRole("list", { name: /^Versions of/ }).getByRole("listitem");
  const rollBack = versions.filter({ hasText: "Version 1" }).getByRole("button", { name: "Roll back to this" });
  await rollBack.click();
  // What was said of version 1 before may still be in sight.
  await rollBack.waitFor({ state: "detached" });
  await page.getByText("Version 1 is live.").first().waitFor();
  await page.getByRole("button", { name: "More for version 1" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alert").getByText("version 1 is live", { exact: true }).waitFor();
  await screenshot(page, "flow-versions");
  await page.getByRole("button", { name: "More for version 2" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByText("Version 2 is gone.").waitFor();
  const list = await flows.request<{ items: unknown[] }>("GET", `/flows/${SHORT}/versions`);
  expect(list.items).toHaveLength(1);
});

test("[FL9] a supervisor looks and changes nothing; an agent is told that flows are not theirs", async () => {
  const { stage } = cast();
  const editor = await FlowEditor.open(stage, "loan.useOfFunds.form", "supervisor");
  await editor.line(/^ask/).click();
  expect(await editor.field("Label").getAttribute("readonly")).not.toBeNull();
  for (const name of ["Save draft", "Publish", "Add a step"]) expect(await editor.button(name).count()).toBe(0);
  const agent = await FlowEditor.open(stage, "", "amara");
  await agent.page.getByText("Flows are for supervisors and admins").waitFor();
});

test("[FL10] every page of flows has no finding in light and dark and fits a phone", async () => {
  const { stage } = cast();
  const editor = await FlowEditor.open(stage, "loan.useOfFunds.agent");
  const { page } = editor;
  const look = async (name: string) => {
    expect([name, await findings(page)]).toEqual([name, []]);
    await screenshot(page, `flow-${name}`);
  };
  await editor.line(/^load/).click();
  await look("outline");
  await page.setViewportSize({ width: 390, height: 860 });
  await page.emulateMedia({ colorScheme: "dark" });
  for (const view of ["Canvas", "JSON", "Outline"]) {
    await page.getByText(view, { exact: true }).click();
    await page.locator('.react-flow__node, .cm-content, [role="tree"]').first().waitFor();
    await look(`${view}-dark-phone`);
  }
  for (const path of ["", "/case.followUp", "/loan.useOfFunds.agent/versions", "/no.such"]) {
    await page.goto(`${stage.url}/console/flows${path}`);
    await page.locator("h1").waitFor();
    await page.getByRole("status", { name: "Loading" }).waitFor({ state: "detached" });
    await look(`phone${path.replaceAll("/", "-")}`);
    // The page scrolls within its frame: that one must not go sideways either.
    const widths = await page.evaluate(() =>
      [...document.querySelectorAll("*")].filter((one) => one.querySelector("h1")).map((one) => one.scrollWidth),
    );
    expect(Math.max(...widths)).toBe(390);
  }
});

import { expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { FlowEditor, flowsOf } from "./flow-editor-scene.ts";
import { openStage } from "./stage.ts";

test("[T4] [FL5] a flow of five steps is built, linted, tried out and published by keyboard alone", async () => {
  const stage = await openStage();
  const editor = await FlowEditor.open(stage, "");
  const { page } = editor;
  await editor.tabTo(editor.button("New flow"));
  await editor.press("Enter");
  await page.getByLabel("Title").waitFor();
  await editor.tabTo(page.getByLabel("Title"));
  await page.keyboard.type("Booking a trip");
  await editor.press("Tab", "ArrowDown", "Enter");

  await editor.line("Booking a trip").or(editor.line(/^page/)).first().waitFor();
  await editor.tabTo(editor.line("The flow itself"));
  await editor.lineTo(/^page/);
  await editor.add("Decision");
  await editor.writes("Label", "Is it far?");
  await editor.writes("When", "=page.answer == 'far'");
  await page.getByText("Decision added").waitFor({ state: "attached" });

  await editor.press("Escape");
  await editor.lineTo(/^Branch 1/);
  await editor.add("Show a screen");
  await editor.writes("Label", "Ask for the flight");
  await editor.press("Escape");
  await editor.lineTo(/^Ask for the flight/);
  await editor.add("Show a screen");
  await editor.writes("Label", "Ask for the seat");
  await editor.writes("Id of the step", "seat");
  await editor.press("Enter", "Escape");
  await eventually(() => page.getByRole("treeitem").allInnerTexts()).toHaveLength(10);

  // Something wrong is found, and the finding leads to its field.
  await editor.lineTo(/^Is it far/);
  await editor.press("Enter");
  await editor.writes("When", "=page.anser == 'far'");
  const finding = page.getByRole("button", { name: /^Error: .*anser/ });
  await finding.waitFor();
  await editor.press("Escape");
  await editor.tabTo(finding);
  await editor.press("Enter");
  await editor.focused(editor.field("When"));
  await editor.writes("When", "=page.answer == 'far'");
  await page.getByText("Nothing to mend").waitFor();

  await editor.tabTo(editor.button("Save draft"), "Shift+Tab");
  await editor.press("Enter");
  await page.getByText("Draft saved").waitFor();
  await editor.tabTo(page.getByRole("link", { name: "Try out" }), "Shift+Tab");
  await editor.press("Enter");
  await page.getByRole("heading", { level: 1, name: /Booking a trip/ }).waitFor();
  await editor.tabTo(page.getByRole("button", { name: "Begin" }));
  await editor.press("Enter");
  await page.getByLabel("Booking a trip").first().waitFor();
  await page.goBack();

  await editor.tabTo(editor.button("Publish"));
  await editor.press("Enter");
  await editor.focused(page.getByLabel("What is new"));
  await page.keyboard.type("The first one");
  await editor.tabTo(page.getByRole("dialog").getByRole("button", { name: "Publish" }));
  await editor.press("Enter");
  await page.getByText("Version 1 is live.").waitFor();
  const flows = await flowsOf(stage);
  const { definition } = await flows.draft("form.bookingATrip");
  expect(Object.keys(definition.nodes as object)).toEqual(["page", "decision", "screen", "seat", "end"]);
}, 150_000);

import { expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { openStage } from "./stage.ts";

test("[CM10] after Close there is one Undo: in the strip while the conversation is in sight, uncovered, and over the next screen after that", async () => {
  const stage = await openStage();
  const amara = await stage.agent("amara");
  const customer = await stage.customer();
  await customer.begin();
  await amara.accept();
  await amara.write("I look it up.");
  const undo = amara.page.getByRole("button", { name: /^Undo \(/ });
  await amara.action("Close").click();
  await amara.sees("You stepped away.");
  await undo.waitFor();
  expect(await undo.count()).toBe(1);
  await undo.click();
  await amara.reads("You came back");

  await amara.action("Close").click();
  await undo.waitFor();
  await amara.page.goBack();
  await amara.page.getByRole("alert").filter({ hasText: "You stepped away" }).waitFor();
  // The strip's own goes with its screen.
  await eventually(() => undo.count()).toBe(1);
  await undo.click();
  await amara.page.getByRole("alert").waitFor({ state: "detached" });
  await amara.row("Ana").click();
  await amara.action("Close").waitFor();
});

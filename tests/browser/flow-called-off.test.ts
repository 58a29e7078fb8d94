import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { continuityScene } from "./continuity-scene.ts";
import { askedForFunds } from "./forms-scene.ts";

const scene = continuityScene();
const WHY = "We have found the contract: there is nothing more to fill in.";

test("[FZ11] an agent who cancels a flow writes to the customer, who reads it where the form was", async () => {
  const { stage, talking, admin } = scene();
  const { customer, agent } = await talking();
  await askedForFunds(admin, customer, agent.id);
  await customer.button("Fill in").click();
  const amara = await stage.agent("amara", { status: null });
  await amara.open(`conversations/${agent.id}`);
  await amara.page.getByRole("button", { name: "Cancel flow: Ask for the use of funds" }).click();
  await amara.page.getByLabel("Words for the customer (optional)").fill(WHY);
  await screenshot(amara.page, "flows/cancel-with-words");
  await amara.page.getByRole("button", { name: "Cancel it" }).click();
  await customer.window.getByText(WHY).waitFor();
  expect(await customer.log.getByRole("button", { name: "Send" }).count()).toBe(0);
  await amara.reads(WHY);
});

import { asks, formOf } from "@clew/server/testing/form-flows";
import { newId } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { serve } from "./agent-side-scene.ts";
import { eventually } from "./eventually.ts";
import { cardOf, publishFlow } from "./forms-scene.ts";
import { openStage } from "./stage.ts";

const size = (value: string, label: string) => ({ value, label });
const FORM = formOf("test.dictated", {
  components: [
    { id: "wish", kind: "text", label: "Wish", required: true, edit: "both" },
    {
      ...{ id: "size", kind: "choice", label: "Size", required: true, edit: "both" },
      options: [size("s", "Small"), size("l", "Large")],
    },
    { id: "gift", kind: "boolean", label: "A gift", edit: "both" },
  ],
  outputs: { wish: { type: "text" }, size: { type: "choice" } },
});
const SCRIPT = asks("test.dictates", { form: FORM.key, ask: { submitBy: "agent" }, title: "Ask for a wish" });

test("[AX8] an agent fills in what is both sides' to answer, and sends the form for a customer who dictates", async () => {
  const stage = await openStage();
  const api = await stage.admin();
  await publishFlow(api, FORM);
  await publishFlow(api, SCRIPT);
  const amara = await stage.agent("amara");
  const customer = await serve(stage, amara);
  const { conversationId = "" } = (await api.conversations()).find(({ title }) => title.includes("Ana Ruiz")) ?? {};
  const inputs = { conversationId };
  await api.call("POST", `/flows/${SCRIPT.key}/runs`, { id: newId(), conversationId, inputs });
  await customer.button("Fill in").click();
  const card = cardOf(amara, "Ask for a wish");
  const fill = async (label: string) => {
    await card.getByRole("button", { name: `What to do about ${label}` }).click();
    await amara.page.getByRole("menuitem", { name: "Fill in" }).click();
  };
  await card.getByText("You may send this form for Ana Ruiz, as you are told.").waitFor();
  await card.getByRole("button", { name: "Send for Ana Ruiz" }).click();
  await card.getByText("This answer is needed.").first().waitFor();
  await screenshot(amara.page, "forms-dictated");

  await fill("Wish");
  await card.getByRole("textbox", { name: "The answer to “Wish”" }).fill("A red bicycle");
  await card.getByRole("button", { name: "Fill in", exact: true }).click();
  await eventually(() => customer.field("Wish").inputValue()).toBe("A red bicycle");
  await fill("Size");
  await card.getByRole("combobox", { name: "The answer to “Size”" }).click();
  await amara.page.getByRole("option", { name: "Large" }).click();
  await card.getByRole("button", { name: "Fill in", exact: true }).click();
  await eventually(() => customer.window.getByRole("radio", { name: "Large" }).isChecked()).toBe(true);
  await customer.sees("Filled in by Amara");
  await fill("A gift");
  await card.getByRole("textbox", { name: "The answer to “A gift”" }).fill("yes");
  await card.getByRole("button", { name: "Fill in", exact: true }).click();
  await eventually(() => customer.window.getByLabel("A gift").isChecked()).toBe(true);
  await card.getByRole("button", { name: "Send for Ana Ruiz" }).click();
  await customer.sees(/^Receipt/);
  await amara.sees("Sent by an agent");
  expect(await customer.window.getByText("A red bicycle").count()).toBeGreaterThan(0);
});

import { asks, formOf } from "@clew/server/testing/form-flows";
import { newId } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { serve } from "./agent-side-scene.ts";
import { eventually } from "./eventually.ts";
import { cardOf, publishFlow } from "./forms-scene.ts";
import { openStage } from "./stage.ts";

const FORM = formOf("test.dwelling", {
  components: [
    { id: "street", kind: "text", label: "Street", edit: "both" },
    { id: "town", kind: "text", label: "Town", edit: "both" },
  ],
  outputs: { street: { type: "text?" }, town: { type: "text?" } },
});
const SCRIPT = asks("test.dwellingScript", { form: FORM.key, title: "Dwelling", label: "Dwelling" });

test("[C18] what the agent writes into the field the customer is in is a suggestion: put aside it leaves no trace, taken over it fills the field", async () => {
  const stage = await openStage();
  const api = await stage.admin();
  for (const flow of [FORM, SCRIPT]) await publishFlow(api, flow);
  const amara = await stage.agent("amara");
  const customer = await serve(stage, amara);
  const [conversation] = await api.conversations();
  const { conversationId = "" } = conversation ?? {};
  await api.call("POST", `/flows/${SCRIPT.key}/runs`, { id: newId(), conversationId });
  await customer.button("Fill in").click();
  const street = customer.field("Street");
  await street.fill("Harbour Ro");
  const card = cardOf(amara, "Dwelling");
  await card.getByText("Harbour Ro").waitFor();
  const writes = async (words: string) => {
    await card.getByRole("button", { name: "What to do about Street" }).click();
    await amara.page.getByRole("menuitem", { name: "Fill in" }).click();
    await card.getByRole("textbox").fill(words);
    await card.getByRole("textbox").press("Enter");
    await customer.button(`Accept ${words}`).waitFor();
  };

  await writes("Mill Lane 3");
  expect(await street.inputValue()).toBe("Harbour Ro");
  await customer.button("Dismiss Mill Lane 3").click();
  await customer.button("Accept Mill Lane 3").waitFor({ state: "detached" });
  expect(await street.inputValue()).toBe("Harbour Ro");

  await street.focus();
  await writes("Harbour Road 12");
  await customer.button("Accept Harbour Road 12").click();
  await eventually(() => street.inputValue()).toBe("Harbour Road 12");
  await card.getByText("Harbour Road 12").waitFor();
  await customer.log.getByRole("button", { name: "Send" }).click();
  const receipt = amara.log.getByRole("region", { name: /^Receipt/ });
  await receipt.getByText("Harbour Road 12").waitFor();
  const events = JSON.stringify(await api.events(conversationId));
  expect(events).not.toContain("Mill Lane");
});

import { asks, formOf } from "@clew/server/testing/form-flows";
import { newId } from "@clew/server/testing/test-app";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { serve } from "./agent-side-scene.ts";
import { eventually } from "./eventually.ts";
import { findings } from "./findings.ts";
import { cardOf, publishFlow } from "./forms-scene.ts";
import { openStage } from "./stage.ts";

const FORM = formOf("test.contact", {
  components: [
    { id: "first", kind: "text", label: "First name", edit: "both" },
    { id: "email", kind: "email", label: "E-mail address", edit: "both", required: true },
    { id: "family", kind: "text", label: "Family name", required: true },
  ],
  outputs: { family: { type: "text?" }, email: { type: "text?" } },
});
const SCRIPT = asks("test.contactScript", { form: FORM.key, title: "Contact", label: "Contact" });

/** What has the focus, inside of the window too: its id, or its words. */
const inFocus = (page: Page) =>
  page.evaluate(() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return focused?.id || (focused?.textContent ?? "").trim();
  });

async function tabTo(page: Page, what: string, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  for (let presses = 0; presses < 40 && (await inFocus(page)) !== what; presses += 1) await page.keyboard.press(key);
  expect(await inFocus(page)).toBe(what);
}

test("[C22] [FN10] an agent suggests and changes three fields: one announcement, the focus stays, the keyboard alone finishes the form", async () => {
  const stage = await openStage();
  const api = await stage.admin();
  for (const flow of [FORM, SCRIPT]) await publishFlow(api, flow);
  const amara = await stage.agent("amara");
  const customer = await serve(stage, amara);
  const { page } = customer;
  await page.clock.install();
  await customer.reload();
  const [conversation] = await api.conversations();
  const { conversationId = "" } = conversation ?? {};
  await api.call("POST", `/flows/${SCRIPT.key}/runs`, { id: newId(), conversationId });
  await customer.button("Fill in").click();
  const email = customer.field("E-mail address");
  await email.focus();
  await page.keyboard.type("ines@exam");
  const card = cardOf(amara, "Contact");
  await card.getByText("ines@exam").waitFor();
  const field = await inFocus(page);

  const spoken: string[] = [];
  await page.exposeFunction("spoken", (text: string) => void (text && spoken.push(text)));
  await customer.window.locator(".ff > [role=status]").evaluate((element) => {
    const { spoken: tell } = window as unknown as { spoken(text: string | null): void };
    const look = new MutationObserver(() => tell(element.textContent));
    look.observe(element, { childList: true, characterData: true, subtree: true });
  });
  // From here on the page's time passes only as far as the test says, however long the agent takes.
  await page.clock.pauseAt(Date.now() + 10_000);
  const does = async (label: string, act: "Fill in" | "Suggest an answer", words: string) => {
    await card.getByRole("button", { name: `What to do about ${label}` }).click();
    await amara.page.getByRole("menuitem", { name: act }).click();
    await card.getByRole("textbox").fill(words);
    await card.getByRole("textbox").press("Enter");
  };
  await does("First name", "Fill in", "Ines");
  await eventually(() => customer.field("First name").inputValue()).toBe("Ines");
  await does("E-mail address", "Fill in", "amara@example.com");
  await customer.button("Accept amara@example.com").waitFor();
  await does("Family name", "Suggest an answer", "Moser");
  await customer.button("Accept Moser").waitFor();
  expect(await inFocus(page)).toBe(field);
  await page.clock.runFor(8_000);
  await eventually(async () => spoken).toEqual(["Amara suggested 2 answers. Amara filled in an answer."]);
  expect(await inFocus(page)).toBe(field);
  expect(await email.inputValue()).toBe("ines@exam");
  await page.clock.resume();

  await page.keyboard.type("ple.com");
  await tabTo(page, "Accept Moser");
  await page.keyboard.press("Enter");
  await eventually(() => customer.field("Family name").inputValue()).toBe("Moser");
  expect(await findings(page)).toEqual([]);
  await tabTo(page, "Send");
  await page.keyboard.press("Enter");
  const receipt = amara.log.getByRole("region", { name: /^Receipt/ });
  await receipt.getByText("ines@example.com").waitFor();
  await receipt.getByText("Moser").waitFor();
  expect(spoken).toEqual(spoken.slice(0, 1));
});

import { expect, test } from "vitest";
import { CustomerWindow } from "./pages/customer-window.ts";
import { openStage } from "./stage.ts";

/** Where one such moment may go well by luck. */
const TIMES = 8;

/** Sends, and is gone in the same moment: the page hears neither of its disk nor of anybody else any more. */
async function saysAndCloses({ box, page }: CustomerWindow, text: string): Promise<void> {
  await box.fill(text);
  await box.press("Enter");
  await page.close();
}

const wordsOf = (who: string) => Array.from({ length: TIMES }, (_, index) => `${who} speaks, number ${index + 1}.`);

test("[K56] [CL49] words of a tab that is closed in the moment they are sent reach the other tab and the agent, once and in order", {
  timeout: 120_000,
}, async () => {
  const stage = await openStage();
  const agent = await stage.agent("amara");
  const customer = await stage.customer();
  await customer.begin();
  await agent.accept();
  const words = wordsOf("The second tab");
  for (const text of words) {
    const second = await customer.secondTab();
    await second.box.waitFor();
    await saysAndCloses(second, text);
    await customer.reads(text);
  }
  for (const side of [customer, agent]) {
    await side.reads(words.at(-1) ?? "");
    expect(await side.line(/speaks, number/).allTextContents()).toEqual(words);
  }
});

test("[K56] [CL10] words of the only tab, closed in the moment they are sent, are there when the page is opened again, and go out", {
  timeout: 120_000,
}, async () => {
  const stage = await openStage();
  const agent = await stage.agent("amara");
  let customer = await stage.customer();
  await customer.begin();
  await agent.accept();
  const { page } = customer;
  const context = page.context();
  const address = page.url();
  const words = wordsOf("The only tab");
  for (const text of words) {
    await saysAndCloses(customer, text);
    customer = await CustomerWindow.at(await context.newPage(), address);
    await customer.reads(text);
  }
  for (const side of [customer, agent]) {
    await side.reads(words.at(-1) ?? "");
    expect(await side.line(/speaks, number/).allTextContents()).toEqual(words);
  }
});

import { expect, test } from "vitest";
import { CustomerWindow } from "./pages/customer-window.ts";
import type { Side } from "./pages/side.ts";
import { openStage } from "./stage.ts";

/** Where one such moment may go well by luck. */
const TIMES = 8;

/** Sends, and is gone in the same moment: the page hears neither of its disk nor of anybody else any more. */
async function saysAndCloses(window: CustomerWindow, text: string): Promise<void> {
  await window.post(text);
  await window.page.close();
}

async function talking() {
  const stage = await openStage();
  const agent = await stage.agent("amara");
  const customer = await stage.customer();
  await customer.begin();
  await agent.accept();
  return { agent, customer };
}

/** Everybody reads them once, in order. */
async function haveAll(sides: readonly Side[], words: readonly string[]): Promise<void> {
  for (const side of sides) {
    await side.reads(words.at(-1) ?? "");
    expect(await side.line(/speaks, number/).allTextContents()).toEqual(words);
  }
}

const wordsOf = (who: string) => Array.from({ length: TIMES }, (_, index) => `${who} speaks, number ${index + 1}.`);

test("[K56] [CL49] words of a tab that is closed in the moment they are sent reach the other tab and the agent, once and in order", {
  timeout: 120_000,
}, async () => {
  const { agent, customer } = await talking();
  const words = wordsOf("The second tab");
  for (const text of words) {
    const second = await customer.secondTab();
    await second.box.waitFor();
    await saysAndCloses(second, text);
    await customer.reads(text);
  }
  await haveAll([customer, agent], words);
});

test("[K56] [CL10] words of the only tab, closed in the moment they are sent, are there when the page is opened again, and go out", {
  timeout: 120_000,
}, async () => {
  const { agent, customer: first } = await talking();
  let customer = first;
  const { page } = customer;
  const context = page.context();
  const address = page.url();
  const words = wordsOf("The only tab");
  for (const text of words) {
    await saysAndCloses(customer, text);
    customer = await CustomerWindow.at(await context.newPage(), address);
    await customer.reads(text);
  }
  await haveAll([customer, agent], words);
});

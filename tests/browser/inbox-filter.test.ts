import { expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import type { AgentConsole } from "./pages/agent-console.ts";
import { DEMO_CHANNELS, openStage, type Stage } from "./stage.ts";

async function asksInShop(stage: Stage, name: string): Promise<void> {
  const customer = await stage.customer();
  await customer.begin({ name });
  await customer.page.close();
}

/** The lists with what they hold, as the tabs tell it. */
function counts(sofia: AgentConsole, list: string) {
  return eventually(() =>
    sofia.page.getByRole("navigation", { name: "Lists" }).getByRole("button", { name: list }).innerText(),
  );
}

test("[IN1] [IN2] [IN4] [IN5] [IN6] [IN7] a supervisor narrows the inbox by keyboard, live and for the sitting, and is told what it hides", async () => {
  const stage = await openStage();
  const sofia = await stage.agent("supervisor", { status: null });
  await asksInShop(stage, "Ana Ruiz");
  const desk = await stage.customer({ channel: DEMO_CHANNELS.supportDesk });
  await desk.open();
  await desk.fillSupportForm("Bo Lundgren");
  await desk.start();
  await sofia.view("Waiting");
  await sofia.row("Ana Ruiz").waitFor();
  await sofia.row("Bo Lundgren").waitFor();
  await counts(sofia, "Waiting").toMatch(/2$/);

  const { page } = sofia;
  await page.keyboard.press("f");
  await eventually(() => page.evaluate(() => document.activeElement?.tagName)).toBe("SELECT");
  await page.keyboard.type("Orders");
  await page.getByRole("button", { name: "Take off the filter Queue: Orders and advice" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByLabel("Queue", { exact: true }).waitFor({ state: "detached" });
  await sofia.row("Bo Lundgren").waitFor({ state: "detached" });
  await counts(sofia, "Waiting").toMatch(/1$/);

  await asksInShop(stage, "Cleo Adams");
  await sofia.row("Cleo Adams").waitFor();
  await counts(sofia, "Waiting").toMatch(/2$/);

  await page.keyboard.press("f");
  await page.getByLabel("Channel", { exact: true }).selectOption({ label: "Support desk chat" });
  await page.keyboard.press("Escape");
  await sofia.sees("The filter hides 3 conversations");
  await page.reload();
  await sofia.sees("Queue: Orders and advice");
  await sofia.sees("Channel: Support desk chat");
  await page.getByRole("button", { name: "Clear the filter" }).press("Enter");
  await counts(sofia, "Waiting").toMatch(/3$/);

  await sofia.row("Bo Lundgren").click();
  await sofia.action("Attach files").waitFor();
  const asked: string[] = [];
  page.on("request", (request) => void (/uploads|attachments/.test(request.url()) && asked.push(request.url())));
  const big = { name: "film.mp4", mimeType: "video/mp4", buffer: Buffer.alloc(20 * 1024 * 1024 + 1) };
  await page.locator("input[type=file]").setInputFiles(big);
  await sofia.sees("film.mp4 is larger than 20 MB.");
  expect(asked).toEqual([]);
});

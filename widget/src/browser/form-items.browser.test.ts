import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { sharedChromium } from "../../../tests/support/chromium.ts";
import { screenshot } from "../../../tests/support/screenshot.ts";
import { serveDevPages } from "../../../tests/support/widget/dev-pages.ts";

let pages: Awaited<ReturnType<typeof serveDevPages>>;
beforeAll(async () => {
  pages = await serveDevPages();
}, 120_000);
afterAll(() => pages?.close());

it("[FZ12] the questions of each item speak of that item, as it is typed, and so does what is read before it is sent", async () => {
  const browser = await sharedChromium();
  const page = await browser.newPage({ viewport: { width: 480, height: 900 }, reducedMotion: "reduce" });
  onTestFinished(() => page.close());
  await page.goto(`${pages.origin}/forms.html?state=items&scheme=light`);
  const item = (index: number) => page.locator(`[data-item="${index}"]`);
  await item(0).getByLabel("How do you know Bo?").waitFor();
  await item(0).getByText("Bo will not read this").waitFor();
  await item(1).getByText("Does Cy like fish?").waitFor();
  await item(1).getByText("Not Cy").waitFor();
  await item(1).getByText("Cy knows of this.").waitFor();
  await page.getByText("Guests of Ines").waitFor();
  await item(0).getByLabel("Their name").fill("Bea");
  await item(0).getByLabel("How do you know Bea?").fill("From school");
  await screenshot(page, "forms/items");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByText("1 · How do you know Bea?").waitFor();
  expect(await page.getByText("2 · How do you know Cy?").count()).toBe(1);
  expect(await page.getByText(/know Ines/).count()).toBe(0);
});

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { openStage } from "./stage.ts";

/** One pixel, but a real picture. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

test("[BR8] files go both ways: a picture is shown, a file is downloaded as it was, 20 MB and one byte is refused", async () => {
  const stage = await openStage();
  const agent = await stage.agent("amara");
  const customer = await stage.customer();
  await customer.begin();
  await agent.accept();

  await customer.attach({ name: "leaf.png", mimeType: "image/png", buffer: PICTURE });
  await customer.button("Remove leaf.png").waitFor();
  await customer.write("This is how it looks.");
  await agent.log.getByRole("img", { name: "leaf.png" }).waitFor();
  await customer.log.getByRole("img", { name: "leaf.png" }).waitFor();
  for (const log of [agent.log, customer.log])
    await eventually(() => log.getByRole("img").evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1);

  const license = await readFile(fileURLToPath(new URL("../../LICENSE", import.meta.url)));
  await agent.page
    .locator("input[type=file]")
    .setInputFiles({ name: "care ünd light.txt", mimeType: "text/plain", buffer: license });
  await agent.action("Remove care ünd light.txt").waitFor();
  // Enter sends once the file is there.
  await agent.reply.fill("Please read this.");
  await eventually(() => agent.action("Send").isEnabled()).toBe(true);
  await agent.write("Please read this.");
  const link = customer.log.getByRole("link", { name: /care ünd light\.txt/ });
  const coming = customer.page.waitForEvent("download");
  await link.click();
  const file = await coming;
  expect(file.suggestedFilename()).toBe("care ünd light.txt");
  expect(await readFile(await file.path())).toEqual(license);

  await customer.attach({ name: "big.txt", mimeType: "text/plain", buffer: Buffer.alloc(20 * 1024 * 1024 + 1, "a") });
  await customer.sees(/big\.txt is larger than 20/);
  await customer.attach({
    name: "tool.exe",
    mimeType: "image/png",
    buffer: Buffer.from("MZ\u0090\u0000this is a program"),
  });
  await customer.sees(/tool\.exe: this kind of file isn’t taken/);
});

const ATTACKS = [
  '<img src=x onerror="window.pwned=1">',
  "<script>window.pwned=1</script>",
  "[press](javascript:window.pwned=1)",
  '"><svg onload=window.pwned=1>',
  "![x](https://evil.example/x.png)",
];
const EVIL_NAME = '"><img src=x onerror=window.pwned=1>.txt';

test("[BR8] HTML, scripts, script links, foreign pictures and evil names are shown as text on both sides", async () => {
  const stage = await openStage();
  const agent = await stage.agent("amara");
  const customer = await stage.customer();
  await customer.open();
  await customer.fillShopForm({ name: "<b onmouseover=window.pwned=1>Eve</b>" });
  await customer.start();
  await agent.offer.getByText("<b onmouseover=window.pwned=1>Eve</b>").first().waitFor();
  await agent.accept();
  for (const attack of ATTACKS) {
    await customer.post(attack);
    await agent.post(attack);
  }
  await customer.attach({
    name: EVIL_NAME,
    mimeType: "text/plain",
    buffer: Buffer.from("<script>window.pwned=1</script>"),
  });
  await customer.button(/^Remove .*onerror/).waitFor();
  await customer.write("<b>That was all.</b>");
  await agent.reads("<b>That was all.</b>");
  for (const { page, log } of [customer, agent]) {
    await log.getByText('<img src=x onerror="window.pwned=1">').nth(1).waitFor();
    await log.getByText("<script>window.pwned=1</script>").nth(1).waitFor();
    await log.getByRole("link", { name: /onerror=window/ }).waitFor();
    expect(await log.locator("script, img[src='x'], svg[onload], b").count()).toBe(0);
    expect(await log.locator("a[href^='javascript']").count()).toBe(0);
    expect(await log.locator("img[src*='evil.example']").count()).toBe(0);
    expect(await pwned(page)).toBe(false);
  }
});

const pwned = (page: Page) => page.evaluate(() => "pwned" in window);

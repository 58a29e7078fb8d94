import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { closeWindows, sharedChromium } from "../support/chromium.ts";
import { keepPicture } from "../support/screenshot.ts";

test("the installed browser opens a page of ours and its picture is kept", async () => {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<title>Ground</title><button onclick=\"this.textContent = 'pressed'\">press</button>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await sharedChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.getByRole("button").click();
    expect(await page.getByRole("button").textContent()).toBe("pressed");
    const picture = readFileSync(await keepPicture(page, "ground"));
    expect(picture.subarray(1, 4).toString()).toBe("PNG");
  } finally {
    await closeWindows();
    server.close();
  }
});

test("what Playwright switches off in Chromium stays off: our list comes after its own and has all of it", async () => {
  const browser = await sharedChromium();
  const session = await browser.newBrowserCDPSession();
  const { commandLine } = await session.send("SystemInfo.getInfo");
  await session.detach();
  const lists = [...commandLine.matchAll(/--disable-features=(\S+)/g)].map(([, names = ""]) => names.split(","));
  expect(lists.length).toBe(2);
  expect(lists[0]?.filter((name) => !lists.at(-1)?.includes(name))).toEqual([]);
});

import { type BrowserContext, type CDPSession, chromium } from "playwright-core";
import { onTestFinished } from "vitest";
import { findChromium } from "../../bin/setup/chromium.mjs";
import type { CustomerWindow } from "./pages/customer-window.ts";

/** Browsers that are told to keep nothing throw as soon as a page looks at its storage. */
export async function blockStorage(device: BrowserContext): Promise<void> {
  await device.addInitScript(() => {
    for (const name of ["indexedDB", "localStorage", "sessionStorage", "caches"]) {
      Object.defineProperty(globalThis, name, {
        get() {
          throw new DOMException("Access is denied for this document.", "SecurityError");
        },
      });
    }
  });
}

/**
 * A device as people have it, where a frame of another site has storage of its own for each site that it is shown on. The
 * flags that Playwright adds by itself switch this off, and then such a frame has none.
 */
export async function partitioningDevice(): Promise<BrowserContext> {
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
  const browser = await chromium.launch({
    executablePath: findChromium() ?? undefined,
    ignoreDefaultArgs: true,
    args: [...flags, "--disable-quic", "--disable-component-update", "--disable-sync", "--remote-debugging-pipe"],
  });
  onTestFinished(() => browser.close());
  const device = await browser.newContext({ locale: "en-GB" });
  device.setDefaultTimeout(30_000);
  return device;
}

/** What a browser keeps for the page of a customer, from outside: thrown away, full, tampered with. */
export class CustomerStorage {
  readonly #window: CustomerWindow;
  readonly #session: CDPSession;
  readonly #origin: string;

  private constructor(window: CustomerWindow, session: CDPSession, origin: string) {
    this.#window = window;
    this.#session = session;
    this.#origin = origin;
  }

  static async of(window: CustomerWindow, origin: string): Promise<CustomerStorage> {
    return new CustomerStorage(window, await window.page.context().newCDPSession(window.page), origin);
  }

  /** The browser throws everything of the site away, as some do after a week. */
  async purge(): Promise<void> {
    await this.#session.send("Storage.clearDataForOrigin", { origin: this.#origin, storageTypes: "all" });
  }

  /** Room for so many bytes; without a number as much as there is. */
  async quota(bytes?: number): Promise<void> {
    const size = bytes === undefined ? {} : { quotaSize: bytes };
    await this.#session.send("Storage.overrideQuotaForOrigin", { origin: this.#origin, ...size });
  }

  /** Leaves the page, changes what is kept under the chat's feet, and comes back. `then` happens before that. */
  async tamper(entries: Record<string, unknown>, { scratch, then }: Tampering = {}): Promise<void> {
    const { page } = this.#window;
    const shop = page.url();
    await page.route("**/tampering", (route) => route.fulfill({ contentType: "text/html", body: "<title>-</title>" }));
    await page.goto(`${this.#origin}/tampering`);
    await page.evaluate(
      async ([values, text]) => {
        const [database] = (await indexedDB.databases()).filter(({ name }) => name?.startsWith("clew:"));
        const opening = indexedDB.open(database?.name as string);
        await new Promise((resolve) => {
          opening.onsuccess = resolve;
        });
        const transaction = opening.result.transaction("entries", "readwrite");
        for (const [key, value] of Object.entries(values)) transaction.objectStore("entries").put(value, key);
        await new Promise((resolve) => {
          transaction.oncomplete = resolve;
        });
        opening.result.close();
        if (text !== undefined) localStorage.setItem(`${database?.name}:unsaved`, text);
      },
      [entries, scratch] as const,
    );
    await then?.();
    await page.goto(shop);
  }
}
type Tampering = { scratch?: string; then?: () => Promise<void> };

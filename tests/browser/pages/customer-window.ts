import type { Locator, Page } from "playwright-core";
import { eventually } from "../eventually.ts";
import { Side } from "./side.ts";

export type ShopAnswers = { name?: string; email?: string; topic?: string; order?: string };

/** The chat as a customer has it: the launcher in the corner of a page and the window above it. */
export class CustomerWindow extends Side {
  readonly window: Locator;
  readonly #chat: Locator;

  /** `chat` says which one, on a page that has several. */
  constructor(page: Page, chat: Locator = page.locator("clew-chat")) {
    const window = chat.getByRole("dialog");
    const log = window.getByRole("log", { name: "Messages" });
    super({ page, screen: window, log, box: window.getByRole("textbox", { name: "Message" }) });
    this.#chat = chat;
    this.window = window;
  }

  static async inShop(page: Page, url: string, channel: string): Promise<CustomerWindow> {
    await page.goto(`${url}/?channel=${channel}`);
    return new CustomerWindow(page);
  }

  static async at(page: Page, address: string): Promise<CustomerWindow> {
    await page.goto(address);
    return new CustomerWindow(page);
  }

  /** Another tab of the same device. */
  async secondTab(): Promise<CustomerWindow> {
    const page = await this.page.context().newPage();
    await page.goto(this.page.url());
    return new CustomerWindow(page);
  }

  button(name: string | RegExp): Locator {
    return this.window.getByRole("button", { name });
  }

  field(label: string): Locator {
    return this.window.getByLabel(label);
  }

  get launcher(): Locator {
    return this.#chat.getByRole("button", { name: /^Open chat/ });
  }

  async open(): Promise<void> {
    await this.launcher.click();
    await this.window.waitFor();
  }

  async fillShopForm(answers: ShopAnswers = {}): Promise<void> {
    const { name = "Ana Ruiz", email = "ana@example.com", topic = "An order", order } = answers;
    await this.field("Your name").fill(name);
    await this.field("E-mail address").fill(email);
    await this.field("What is it about?").selectOption({ label: topic });
    if (order) await this.field("Order number").fill(order);
  }

  async fillSupportForm(name = "Ana Ruiz"): Promise<void> {
    await this.field("Your name").fill(name);
    await this.field("Which product?").selectOption({ label: "Grow light" });
    await this.field("What happens?").fill("It does not start.");
  }

  async start(): Promise<void> {
    await this.button("Start chat").click();
    await this.box.waitFor();
  }

  /** Opens the window, answers the shop's questions and begins. */
  async begin(answers?: ShopAnswers): Promise<void> {
    await this.open();
    await this.fillShopForm(answers);
    await this.start();
  }

  async endFromMenu(): Promise<void> {
    await this.button("Options").click();
    await this.button("End chat").click();
    await this.window.getByRole("alertdialog").getByRole("button", { name: "End chat" }).click();
  }

  /** Loads the page anew; a conversation that goes on shows its log again. */
  async reload(): Promise<void> {
    await this.page.reload();
  }

  async reopenIfClosed(): Promise<void> {
    // Whoever presses looks at the page; one behind others is hardly drawn.
    await this.page.bringToFront();
    // A conversation that goes on opens its window by itself, any moment between a look and a click.
    await eventually(async () => {
      if (await this.launcher.isVisible()) await this.launcher.click({ timeout: 1_000 }).catch(() => undefined);
      // A second press while the chat is still coming would close it.
      return this.window.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => false,
      );
    }).toBe(true);
  }

  /** All that the page's origin holds in this browser, as one text. */
  kept(): Promise<string> {
    return this.page.evaluate(async () => {
      const kept: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie];
      for (const { name } of await indexedDB.databases()) {
        const database = await new Promise<IDBDatabase | null>((resolve) => {
          const opening = indexedDB.open(name as string);
          // Deleted since it was listed: who looks must not make it anew, without its stores.
          opening.onupgradeneeded = () => opening.transaction?.abort();
          opening.onsuccess = () => resolve(opening.result);
          opening.onerror = () => resolve(null);
        });
        if (!database) continue;
        for (const store of database.objectStoreNames) {
          const all = database.transaction(store).objectStore(store);
          for (const asking of [all.getAll(), all.getAllKeys()])
            kept.push(
              await new Promise((resolve) => Object.assign(asking, { onsuccess: () => resolve(asking.result) })),
            );
        }
        database.close();
      }
      return JSON.stringify(kept);
    });
  }

  /** Key presses are gathered for a moment before they are written: whoever reloads is never quicker than that. */
  async hasKept(text: string): Promise<void> {
    await eventually(() => this.kept().then((kept) => kept.includes(text))).toBe(true);
  }

  attach(files: { name: string; mimeType: string; buffer: Buffer } | string[]): Promise<void> {
    return this.window.locator("input[type=file]").setInputFiles(files as never);
  }
}

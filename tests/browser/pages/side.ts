import type { Locator, Page } from "playwright-core";
import { eventually } from "../eventually.ts";

type Places = {
  page: Page;
  /** All that this side has on its screen. */
  screen: Locator | Page;
  log: Locator;
  /** Where they write. */
  box: Locator;
};

/** What both sides of a conversation have: its log, and a box to write in. */
export class Side {
  readonly page: Page;
  readonly log: Locator;
  readonly box: Locator;
  readonly #screen: Locator | Page;

  constructor({ page, screen, log, box }: Places) {
    this.page = page;
    this.log = log;
    this.box = box;
    this.#screen = screen;
  }

  /** Sends without waiting: what is shown may look different from what was typed. */
  async post(text: string): Promise<void> {
    await this.box.fill(text);
    await this.box.press("Enter");
  }

  async write(text: string): Promise<void> {
    await this.post(text);
    await this.reads(text);
  }

  /** A line of the log, said by anybody. */
  line(text: string | RegExp): Locator {
    return this.log.getByText(text);
  }

  async reads(text: string | RegExp): Promise<void> {
    await this.line(text).first().waitFor();
  }

  /** Anywhere on their screen, as what is below the log. */
  async sees(text: string | RegExp): Promise<void> {
    await this.#screen.getByText(text).first().waitFor();
  }

  async times(text: string, count: number): Promise<void> {
    await eventually(() => this.log.getByText(text, { exact: true }).count(), `how often “${text}” is shown`).toBe(
      count,
    );
  }
}

import type { Locator, Page } from "playwright-core";

/** The settings of a channel in the console, as an admin has them. */
export class ChannelSettingsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(url: string, channel: string, tab: string): Promise<void> {
    await this.page.goto(`${url}/console/admin/channels/${channel}/${tab}`);
    await this.page.getByRole("tab", { selected: true }).waitFor();
  }

  async tab(name: string): Promise<void> {
    await this.page.getByRole("tab", { name }).click();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, exact: typeof name === "string" });
  }

  async addQuestion(type: string, label: string): Promise<void> {
    await this.button("Add a question").click();
    await this.page.getByRole("menuitem", { name: type, exact: true }).click();
    await this.page.getByRole("textbox", { name: /^Label/ }).fill(label);
  }

  async saveDraft(): Promise<void> {
    await this.#isTold("Draft saved. Customers see it when you publish.", () => this.button("Save draft").click());
  }

  /** Opens what publishing would change. */
  async comparison(): Promise<Locator> {
    await this.button("Publish").click();
    return this.page.getByRole("dialog");
  }

  async publish(note: string, number: number): Promise<void> {
    const dialog = this.page.getByRole("dialog");
    await dialog.getByLabel("Note for your team").fill(note);
    await this.#isTold(`Deployment ${number} is live.`, () =>
      dialog.getByRole("button", { name: "Publish", exact: true }).click(),
    );
  }

  /** What is said for a moment is waited for from before it comes. */
  async #isTold(words: string, act: () => Promise<void>): Promise<void> {
    await Promise.all([this.page.getByText(words).waitFor(), act()]);
  }

  async goBackTo(number: number): Promise<void> {
    await this.page
      .getByRole("listitem")
      .filter({ hasText: `Deployment ${number}` })
      .getByRole("button", { name: "Go back to this one" })
      .click();
    await this.page.getByRole("dialog").getByRole("button", { name: "Go back", exact: true }).click();
  }
}

import type { Locator, Page } from "playwright-core";
import { Side } from "./side.ts";

/** The console as an agent has it. */
export class AgentConsole extends Side {
  readonly url: string;
  readonly customer: Locator;

  constructor(page: Page, url: string) {
    const log = page.getByRole("log", { name: "Conversation" });
    super({ page, screen: page, log, box: page.getByRole("textbox", { name: "Reply" }) });
    this.url = url;
    this.customer = page.getByRole("complementary", { name: "Customer" });
  }

  get reply(): Locator {
    return this.box;
  }

  async open(path = ""): Promise<void> {
    await this.page.goto(`${this.url}/console/${path}`);
  }

  /** As a person goes there, without loading anything: what was in sight is not any more. */
  async goToInbox(): Promise<void> {
    await this.page.getByRole("link", { name: "Inbox", exact: true }).click();
    await this.page.waitForURL((url) => url.pathname.replace(/\/$/, "") === "/console");
    await this.log.waitFor({ state: "detached" });
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.page.getByLabel("E-mail").fill(email);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
    await this.menu.waitFor();
  }

  get menu(): Locator {
    return this.page.getByRole("button", { name: /presence and profile/ });
  }

  async choosePresence(status: string): Promise<void> {
    await this.menu.click();
    await this.page.getByRole("menuitem", { name: status, exact: true }).click();
    await this.page.getByRole("button", { name: new RegExp(`, ${status}: presence`) }).waitFor();
  }

  async isAvailable(): Promise<void> {
    await this.page.getByRole("button", { name: /, Available: presence/ }).waitFor();
  }

  get offer(): Locator {
    return this.page.getByRole("article", { name: /^Offer:/ });
  }

  /** Until the conversation is this agent's and in sight: another one stays in sight as long as the server has not answered. */
  async accept(): Promise<void> {
    const label = (await this.offer.getAttribute("aria-label")) ?? "";
    const [who = ""] = label.replace(/^Offer: /, "").split(" · ");
    await this.offer.getByRole("button", { name: /^Accept/ }).click();
    await this.page.getByRole("heading", { level: 2, name: who }).waitFor();
    await this.action("Close").waitFor();
    await this.log.waitFor();
  }

  async decline(why: string): Promise<void> {
    await this.offer.getByRole("button", { name: "Decline" }).click();
    await this.page.getByRole("menuitem", { name: why }).click();
    await this.offer.waitFor({ state: "detached" });
  }

  action(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  async end(): Promise<void> {
    await this.action("End session").click();
    await this.page.getByRole("dialog").getByRole("button", { name: "End session" }).click();
    await this.page.getByRole("dialog").waitFor({ state: "detached" });
  }

  /** One answer of the customer with where it comes from: label, value, marks. */
  fact(label: string): Locator {
    return this.customer.locator("dl > div").filter({ has: this.page.locator("dt", { hasText: label }) });
  }

  async correct(label: string, value: string): Promise<void> {
    await this.fact(label).hover();
    await this.customer.getByRole("button", { name: `Correct ${label}` }).click();
    await this.customer.getByRole("textbox", { name: label }).fill(value);
    await this.customer.getByRole("button", { name: "Save" }).click();
  }

  row(text: string | RegExp): Locator {
    return this.page.getByRole("region", { name: "Inbox" }).getByRole("link").filter({ hasText: text });
  }

  async view(name: string): Promise<void> {
    await this.page
      .getByRole("navigation", { name: "Lists" })
      .getByRole("button", { name: new RegExp(`^${name}`) })
      .click();
  }

  async transferTo(kind: "Agent" | "Queue" | "Skill", name: string, note: string): Promise<void> {
    await this.action("Transfer").click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByText(kind, { exact: true }).click();
    await dialog.getByRole("button", { name: new RegExp(name) }).click();
    await dialog.getByLabel("Note for the next agent").fill(note);
    await dialog.getByRole("button", { name: "Transfer", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
  }
}

import { flowAdmin } from "@clew/server/testing/flows";
import type { Locator, Page } from "playwright-core";
import type { Stage } from "./stage.ts";

/** The editor of flows as somebody has it who does everything by keyboard. */
export class FlowEditor {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  static async open(stage: Stage, key: string, name = "admin"): Promise<FlowEditor> {
    const { page } = await stage.agent(name, { status: null });
    await page.goto(`${stage.url}/console/flows/${key}`);
    await page.locator("h1").waitFor();
    return new FlowEditor(page);
  }

  line(name: string | RegExp): Locator {
    return this.page.getByRole("treeitem", { name });
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Goes with Tab, or back with Shift and Tab, until the focus is on what is looked for. */
  async tabTo(target: Locator, key: "Tab" | "Shift+Tab" | "ArrowDown" = "Tab"): Promise<void> {
    for (let presses = 0; presses < 60; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press(key);
    }
    throw new Error(`the focus does not come to ${target}`);
  }

  /** Goes with the arrow keys to a line of the outline, from wherever in it the focus is. */
  async lineTo(name: string | RegExp): Promise<void> {
    await this.press("Home");
    const target = this.line(name).first();
    for (let presses = 0; presses < 60; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.press("ArrowDown");
    }
    throw new Error(`the arrows do not come to ${name}`);
  }

  field(name: string): Locator {
    return this.page
      .getByRole("region", { name: /^Fields of/ })
      .getByLabel(name, { exact: true })
      .first();
  }

  /** Adds a step of a kind at the chosen line; the focus is in its fields then. */
  async add(kind: string): Promise<void> {
    await this.press("Insert");
    const item = this.page.getByRole("menuitem", { name: kind, exact: true });
    await item.waitFor();
    await this.tabTo(item, "ArrowDown");
    await this.press("Enter");
    await this.focused(this.field("Label"));
  }

  /** Goes to a field of what is chosen and writes over what stands there. */
  async writes(name: string, text: string): Promise<void> {
    await this.tabTo(this.field(name));
    await this.press("ControlOrMeta+a");
    await this.page.keyboard.type(text);
  }

  async focused(target: Locator): Promise<void> {
    await target.and(this.page.locator(":focus")).waitFor();
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  async save(): Promise<void> {
    // What is said for a moment is waited for from before it comes.
    await Promise.all([this.page.getByText("Draft saved").waitFor(), this.button("Save draft").click()]);
  }
}

/** What the server holds, as the console asks for it. */
export async function flowsOf(stage: Stage) {
  const admin = await flowAdmin(stage.url);
  return {
    ...admin,
    draft: (key: string) =>
      admin.request<{ definition: Record<string, unknown>; revision: number }>("GET", `/flows/${key}/draft`),
    save: (key: string, definition: unknown, revision: number) =>
      admin.request("PUT", `/flows/${key}/draft`, { definition, revision }),
  };
}

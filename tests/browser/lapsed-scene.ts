import { eventually } from "./eventually.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";

/** What the window says while access cannot be renewed. */
export const LAPSED = "You can read on. You can write again once we’ve confirmed who you are.";

/** A try every quarter of a minute: time passes until one of them did what is waited for, and none while one is on its way. */
export async function triesUntil({ page, window }: CustomerWindow, lapsed: boolean): Promise<void> {
  const told = window.getByText(LAPSED);
  await eventually(async () => {
    await page.clock.fastForward(16_000);
    await told.waitFor({ state: lapsed ? "visible" : "detached", timeout: 1_000 }).catch(() => undefined);
    return (await told.count()) > 0;
  }).toBe(lapsed);
}

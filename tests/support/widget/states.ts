import type { Page } from "playwright-core";

/** States by name, and what a person does first to reach them. */
export const STATES: Record<string, (page: Page) => Promise<void>> = {
  launcher: none,
  loading: none,
  failed: none,
  "failed-for-good": none,
  "pre-chat": none,
  "pre-chat~faults": (page) => page.getByRole("button", { name: /start chat|بدء الدردشة/i }).click(),
  "pre-chat-prefilled": none,
  "pre-chat-starting": none,
  "pre-chat-refused": none,
  "out-of-hours": none,
  "closed-hours": none,
  empty: none,
  waiting: none,
  "waiting-unknown": none,
  conversation: none,
  "conversation~menu": (page) => page.locator("[data-opens=menu]").click(),
  "conversation~emoji": (page) => page.locator("[data-opens=emoji]").click(),
  "verified~end-dialog": async (page) => {
    await page.locator("[data-opens=menu]").click();
    await page.locator(".choice.danger").click();
    await page.getByRole("alertdialog").waitFor();
  },
  "history~scrolled-back": async (page) => {
    await page.locator(".log").evaluate((log) => log.scrollTo(0, 300));
    await page.locator(".pill").waitFor();
  },
  "not-sent": none,
  uploads: none,
  reconnecting: none,
  inactivity: none,
  "opt-out": none,
  "ended-asynchronous": none,
  "ended-asynchronous~asked-again": async (page) => {
    await page.locator("button.send").click();
    await page.locator(".ask-again").waitFor();
  },
  "ended-session-based": none,
  survey: none,
  "survey-closed~faults": (page) => page.locator(".survey .primary").click(),
  "survey-answered": none,
  "leave-message": none,
  verified: none,
  "identity-refused": none,
  "lapsed~menu": (page) => page.locator("[data-opens=menu]").click(),
  "guest-unknown": none,
  "storage-blocked": none,
  "conversation~elsewhere": async (page) => {
    await page.locator("[data-opens=menu]").click();
    await page.getByRole("button", { name: /another device|جهاز آخر/ }).click();
    await page.locator(".qr").waitFor();
  },
  "conversation~forget": async (page) => {
    await page.locator("[data-opens=menu]").click();
    await page.getByRole("button", { name: /^Not me|^لست أنا/ }).click();
    await page.getByRole("dialog", { name: /Forget this device|نسيان هذا/ }).waitFor();
  },
  "return-choices": none,
  "return-clearing": none,
  "return-locked": none,
  "after-end-ask": none,
  "after-end-read-only": none,
  "pre-chat~link#clew-reconnect=a-token": none,
  "pre-chat~link-refused#clew-reconnect=a-token": (page) => page.locator(".return .primary").click(),
  "pre-chat~link-expired#clew-reconnect=expired-token": (page) => page.locator(".return .primary").click(),
  "pre-chat~link-left#clew-reconnect=expired-token": async (page) => {
    await page.locator(".return .primary").click();
    await page.getByRole("button", { name: /Read what was said|قراءة ما قيل/ }).click();
    await page.locator(".log").waitFor();
  },
};
async function none(): Promise<void> {}

import { newId } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { eventually } from "./eventually.ts";
import type { AgentConsole } from "./pages/agent-console.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";
import { sharedStage } from "./stage.ts";

const shared = sharedStage(async (stage) => ({ api: await stage.admin() }));

/** A customer with a case, whom Amara serves; the form about the loan is open. */
async function formOpened(): Promise<{ customer: CustomerWindow; amara: AgentConsole; runId: string; caseId: string }> {
  const { stage, api } = shared();
  const amara = await stage.agent("amara");
  const customer = await stage.customer();
  await customer.begin();
  await amara.accept();
  const { items } = await api.call<{ items: { conversationId: string }[] }>(
    "GET",
    "/staff/conversations?status=active",
  );
  const conversationId = items[0]?.conversationId;
  const caseId = newId();
  await api.call("POST", "/records/Case", { id: caseId, conversationId, values: { subject: "A loan" } });
  const runId = newId();
  await api.call("POST", "/flows/loan.useOfFunds.agent/runs", { id: runId, conversationId, caseId });
  await customer.button("Fill in").waitFor();
  return { customer, amara, runId, caseId };
}

test("[C8] a form that is half filled in is there again after a reload, and its receipt stays in the log", async () => {
  const { customer, amara, caseId } = await formOpened();
  const { api } = shared();
  await customer.sees("opened a form");
  await customer.button("Fill in").click();
  await customer.window.getByRole("radio", { name: "For something else" }).check();
  await customer.field("What will it be?").fill("A boat for the lake");
  await customer.field("Account that shall receive the money").fill("DE89370400440532013000");
  await customer.page.keyboard.press("Tab");
  // The agent sees it as it is typed, and of the account that there is one.
  await amara.page.getByText("A boat for the lake").first().waitFor();
  await screenshot(customer.page, "forms-open");
  await screenshot(amara.page, "forms-mirror");
  expect(await amara.page.content()).not.toContain("DE8937");
  await customer.reload();
  await customer.button(/Fill in|Continue/).click();
  await eventually(() => customer.field("What will it be?").inputValue()).toBe("A boat for the lake");
  await eventually(() => customer.field("Account that shall receive the money").inputValue()).toContain("DE89");
  await customer.window.getByRole("checkbox", { name: /agree/i }).check();
  await customer.log.getByRole("button", { name: "Send" }).click();
  await customer.sees(/Receipt/);
  await customer.sees("A boat for the lake");
  await screenshot(customer.page, "forms-receipt");
  await eventually(() => api.call("GET", `/records/Case/${caseId}`)).toMatchObject({ values: { useOfFunds: "other" } });
});

import type { Flow } from "@clew/contract/flows/definition";
import type { FormView } from "@clew/contract/flows/form-live";
import type { ServerMessage } from "@clew/contract/stream";
import { asks } from "@clew/server/testing/form-flows";
import { newId } from "@clew/server/testing/test-app";
import type { Locator, Page } from "playwright-core";
import type { AdminApi } from "./admin-api.ts";
import type { AgentConsole } from "./pages/agent-console.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";

/** A case of the conversation; without one told, of that which this customer has. */
export async function caseOf(api: AdminApi, known?: string): Promise<{ caseId: string; conversationId: string }> {
  const item = known ? null : (await api.conversations()).find(({ title }) => title.includes("Ana Ruiz"));
  const conversationId = known ?? item?.conversationId;
  if (!conversationId) throw new Error("there is no conversation");
  const caseId = newId();
  await api.call("POST", "/records/Case", { id: caseId, conversationId, values: { subject: "A loan" } });
  return { caseId, conversationId };
}

/** What the agent follows of a run: the form as the customer fills it in. */
export function cardOf({ page }: AgentConsole, title = "Ask for the use of funds"): Locator {
  return page.getByRole("article", { name: title });
}

/** Makes a flow for the test live. */
export async function publishFlow(api: AdminApi, definition: Flow): Promise<void> {
  const path = `/flows/${definition.key}`;
  const { revision } = await api.call<{ revision: number }>("PUT", `${path}/draft`, { definition, revision: 0 });
  await api.call("POST", `${path}/publish`, { revision, message: "for the test", activate: true });
}

/** A script that opens the form and is done with it. */
export function scriptFor(form: string): Flow {
  return asks(`${form}.script`, { form, title: `Script of ${form}`, label: `Ask ${form}` });
}

/** Whoever serves this customer has asked for the use of funds. */
export async function askedForFunds(api: AdminApi, customer: CustomerWindow, known?: string) {
  const { conversationId, caseId } = await caseOf(api, known);
  const runId = newId();
  await api.call("POST", "/flows/loan.useOfFunds.agent/runs", { id: runId, conversationId, caseId });
  await customer.button("Fill in").waitFor();
  const opened = (await api.events(conversationId)).findLast(({ type }) => type === "form.opened");
  const formId = opened?.type === "form.opened" ? opened.form.id : "";
  /** The form as the server has it, as staff may see it. */
  const stored = () => api.call<FormView>("GET", `/conversations/${conversationId}/forms/${formId}`);
  return { conversationId, caseId, runId, formId, stored };
}

/** The customer opens the form about the use of funds, and begins to say in their own words what it is for. */
export async function inOwnWords(customer: CustomerWindow, words: string): Promise<void> {
  await customer.button("Fill in").click();
  await customer.window.getByRole("radio", { name: "For something else" }).check();
  await customer.field("What will it be?").fill(words);
}

/** What is missing yet of the form about the use of funds, and *Send*. */
export async function agreesAndSends(customer: CustomerWindow): Promise<void> {
  await customer.window.getByRole("checkbox", { name: /agree/i }).check();
  await customer.log.getByRole("button", { name: "Send" }).click();
  await customer.sees(/^Receipt/);
}

/** All that the page's next sockets are sent. */
export function heardBy(page: Page): ServerMessage[] {
  const heard: ServerMessage[] = [];
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => void heard.push(JSON.parse(String(payload)) as ServerMessage)),
  );
  return heard;
}

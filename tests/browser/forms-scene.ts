import type { Flow } from "@clew/contract/flows/definition";
import { newId } from "@clew/server/testing/test-app";
import type { Locator } from "playwright-core";
import type { AdminApi } from "./admin-api.ts";
import { AgentConsole } from "./pages/agent-console.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";
import type { Stage } from "./stage.ts";

/** A case of the conversation that this customer has. */
export async function caseOf(api: AdminApi, name = "Ana Ruiz"): Promise<{ caseId: string; conversationId: string }> {
  const item = (await api.conversations()).find(({ title }) => title.includes(name));
  if (!item) throw new Error(`no conversation with ${name}`);
  const caseId = newId();
  const { conversationId } = item;
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
  await api.call("POST", `${path}/publish`, { revision, message: "", activate: true });
}

/** A script that opens the form and is done with it. */
export function scriptFor(form: string, more: object = {}): Flow {
  return {
    $schema: "flow/1",
    key: `${form}.script`,
    kind: "screen",
    audience: "agent",
    title: `Script of ${form}`,
    trigger: { on: "agent.button", where: ["session"], label: `Ask ${form}` },
    inputs: { conversationId: { type: "text", required: true } },
    start: "ask",
    nodes: {
      ask: {
        type: "cowork.form",
        flow: form,
        conversation: "=conversationId",
        cancelled: "end",
        expired: "end",
        next: "end",
        ...more,
      },
      end: { type: "end" },
    },
  } as unknown as Flow;
}

/** The agent serves this customer, who has the use of funds before them. */
export async function askedForFunds(
  stage: Stage,
  api: AdminApi,
  served: { agent: AgentConsole; customer: CustomerWindow },
) {
  const { conversationId, caseId } = await caseOf(api);
  const runId = newId();
  await api.call("POST", "/flows/loan.useOfFunds.agent/runs", { id: runId, conversationId, caseId });
  await served.customer.button("Fill in").waitFor();
  return { conversationId, caseId, runId };
}

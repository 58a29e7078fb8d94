import { signIn } from "@clew/server/testing/test-app";
import { afterEach, onTestFinished } from "vitest";
import { AdminApi } from "./admin-api.ts";
import { serve } from "./agent-side-scene.ts";
import { askedForFunds } from "./forms-scene.ts";
import { type ModifiedClient, modifiedClient } from "./modified-client.ts";
import type { AgentConsole } from "./pages/agent-console.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";
import { type Stage, sharedStage } from "./stage.ts";

/** A customer, and the agent who serves them: their console, and what their own program would do. */
export type Pair = {
  customer: CustomerWindow;
  agent: AgentConsole;
  desk: AdminApi;
  conversationId: string;
};

/** What the flow says when it has the answer. */
export const thanks = (purpose: string) => `Thank you, this is what we noted: ${purpose}.`;

/** Two customers, each served by an agent of their own. */
export function pairsScene() {
  return sharedStage(async (stage) => {
    const api = await stage.admin();
    const [amara, chiyo] = await Promise.all([stage.agent("amara"), stage.agent("chiyo", { status: null })]);
    const ana = await pairOf(stage, { agent: amara, desk: await deskOf(stage, "amara"), name: "Ana Ruiz" });
    await takes(ana.desk, "busy");
    const desk = await deskOf(stage, "chiyo");
    await takes(desk, "available");
    return { api, ana, bo: await pairOf(stage, { agent: chiyo, desk, name: "Bo Lund" }) };
  });
}

/** An agent with one customer, both of whose clients can be changed. */
export function pairScene() {
  const scene = sharedStage(async (stage) => {
    const [api, desk, agent] = await Promise.all([stage.admin(), deskOf(stage, "amara"), stage.agent("amara")]);
    const pair = await pairOf(stage, { agent, desk, name: "Ana Ruiz" });
    const pages = [pair.customer.page, agent.page];
    const [customers, agents] = await Promise.all(pages.map((page) => modifiedClient(page.context())));
    await Promise.all(pages.map((page) => page.reload()));
    await Promise.all([pair.customer, agent].map((side) => side.reads("Hello Ana Ruiz!")));
    return { api, ...pair, clients: { customer: customers as ModifiedClient, agent: agents as ModifiedClient } };
  });
  afterEach(() => {
    for (const client of Object.values(scene().clients)) client.behave();
  });
  return scene;
}

async function deskOf({ url }: Stage, name: string): Promise<AdminApi> {
  return AdminApi.with(url, (await signIn(url, name)).headers);
}

async function pairOf(stage: Stage, { name, ...by }: Pick<Pair, "agent" | "desk"> & { name: string }): Promise<Pair> {
  const customer = await serve(stage, by.agent, name);
  return { ...by, customer, conversationId: shownBy(by.agent) };
}

/** The conversation that the console shows. */
export const shownBy = ({ page }: AgentConsole) => page.url().split("/").at(-1) ?? "";

/** Whether new customers come to this agent. */
export function takes(desk: AdminApi, status: "available" | "busy"): Promise<unknown> {
  return desk.command({ type: "presence.set", status, reason: null });
}

/** The agent asks for the use of funds, on a new case; the run is over with the test. */
export async function asked(pair: Pair) {
  const { desk, customer, conversationId } = pair;
  const form = await askedForFunds(desk, customer, conversationId);
  endsWithTest(desk, form.runId);
  const receipts = async () =>
    (await desk.events(conversationId)).flatMap((event) =>
      event.type === "form.changed" && event.form.id === form.formId && event.how === "submitted" ? [event.form] : [],
    );
  return {
    ...pair,
    ...form,
    /** The form each time that it was sent. */
    receipts,
    kept: () => desk.call<{ version: number; values: object }>("GET", `/records/Case/${form.caseId}`),
  };
}

export type Asked = Awaited<ReturnType<typeof asked>>;

export function endsWithTest(desk: AdminApi, runId: string): void {
  onTestFinished(async () => {
    // One that is over already is not cancelled.
    await desk.call("POST", `/runs/${runId}/cancel`).catch(() => undefined);
  });
}

/** Where a run stands. */
export async function standsAt(api: AdminApi, runId: string): Promise<string> {
  const { run } = await api.call<{ run: { node: string; status: string } }>("GET", `/runs/${runId}`);
  return `${run.status} at ${run.node}`;
}

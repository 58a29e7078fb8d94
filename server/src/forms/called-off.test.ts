import type { AuditEntry } from "@clew/contract/agents";
import type { RunPage, RunSummary } from "@clew/contract/flows/runs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { flowAdmin } from "../testing/flows.ts";
import { changed, pressButton, type Served, servedCase } from "../testing/form-stage.ts";
import { newGuest, postJson, signIn, startTestApp } from "../testing/test-app.ts";

const LOAN = "loan.useOfFunds.agent";
const WHY = "We have found the contract: there is nothing more to fill in.";

describe.each(ENGINES)("a run that somebody calls off on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    admin = await flowAdmin(app.url);
  });
  afterAll(() => app.close());

  const cancel = (runId: string, body: object, { person }: Pick<Served, "person">) =>
    postJson<RunSummary>(`${app.url}/api/v1/runs/${runId}/cancel`, body, person.headers);
  const audited = async (runId: string) =>
    (await admin.request<{ items: AuditEntry[] }>("GET", "/audit")).items.filter(({ nounId }) => nounId === runId);

  test("[FZ11] may say to the customer why: at the form that closes, and in the run's record; the audit says who it was", async () => {
    const served = await servedCase(app);
    const { runId, formId } = await pressButton(app, served, LOAN);
    await expect(cancel(runId, { text: "x".repeat(1_001) }, served)).rejects.toThrow("/text");
    await expect(cancel(runId, { text: "" }, served)).rejects.toThrow("/text");
    await expect(cancel(runId, { note: "for us alone" }, served)).rejects.toThrow("note");
    expect(await cancel(runId, { text: WHY }, served)).toMatchObject({ status: "cancelled" });
    const closed = { state: "cancelled", cancelled: "system", remark: { text: WHY, fields: [] } };
    expect((await changed(served.customer, formId, "cancelled")).form).toMatchObject(closed);
    expect(await changed(served.desk, formId, "cancelled")).toMatchObject({ text: WHY, form: closed });
    const amara = (await signIn(app.url, "amara")).me.agent.id;
    expect((await admin.request<RunPage>("GET", `/runs/${runId}`)).cancelled).toEqual({ by: amara, text: WHY });

    // Whoever comes later changes nothing of it.
    await cancel(runId, { text: "Something else." }, served);
    expect((await admin.request<RunPage>("GET", `/runs/${runId}`)).cancelled).toEqual({ by: amara, text: WHY });
    const entries = await audited(runId);
    expect(entries).toMatchObject([{ action: "cancel", noun: "run", agentId: amara, change: { flow: LOAN } }]);
    // Words to a customer are kept where they are erased with the customer.
    expect(JSON.stringify(entries)).not.toContain(WHY);
  });

  test("[FZ11] need not say anything, and then asks for no body at all", async () => {
    const served = await servedCase(app);
    const { runId, formId } = await pressButton(app, served, LOAN);
    expect(await admin.request<RunSummary>("POST", `/runs/${runId}/cancel`)).toMatchObject({ status: "cancelled" });
    expect((await changed(served.customer, formId, "cancelled")).form.remark).toBeNull();
    const { cancelled } = await admin.request<RunPage>("GET", `/runs/${runId}`);
    expect(cancelled).toEqual({ by: (await signIn(app.url, "admin")).me.agent.id, text: null });
  });

  test("[FZ11] where the questions are asked as messages the words come as one", async () => {
    const served = await servedCase(app, "amara", newGuest(app.url), []);
    const { customer, conversationId } = served;
    const said = () =>
      customer.events(conversationId).flatMap((event) => (event.type === "message.posted" ? [event.text] : []));
    const { runId } = await pressButton(app, served, LOAN);
    await expect.poll(() => said().at(-1)).toContain("what do you want to use the money for?");
    await cancel(runId, { text: WHY }, served);
    await expect.poll(() => said().at(-1)).toBe(WHY);
  });
});

import type { Flow } from "@clew/contract/flows/definition";
import { DEMO_QUEUES } from "@clew/server/demo/ids";
import { MARK_CASE } from "@clew/server/testing/mark-case";
import { DEMO_CHANNELS, newId } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { findings } from "./findings.ts";
import { publishFlow } from "./forms-scene.ts";
import type { AgentConsole } from "./pages/agent-console.ts";
import { sharedStage } from "./stage.ts";

const NOTES = {
  $schema: "flow/1",
  key: "route.noting",
  kind: "routing",
  trigger: { on: "session.started", channels: [DEMO_CHANNELS.shop] },
  inputs: { session: { type: "record:Session", required: true } },
  start: "note",
  nodes: {
    note: { type: "records.update", object: "Session", id: "=session.id", values: { risk: "high" }, next: "tag" },
    tag: { type: "session.set", tags: ["vip"], next: "go" },
    go: { type: "route", to: { queue: DEMO_QUEUES.orders }, next: "end" },
    end: { type: "end" },
  },
} as unknown as Flow;

/** Asks on a contact's page, which belongs to no conversation, for what is kept on the contact. */
const CALLS = {
  $schema: "flow/1",
  key: "contact.phone",
  kind: "screen",
  audience: "agent",
  trigger: { on: "agent.button", where: ["contact"], label: "Note the number" },
  inputs: { contactId: { type: "id:Contact", required: true } },
  vars: { contact: { type: "record:Contact?" } },
  settings: { owner: "starter" },
  start: "load",
  nodes: {
    load: {
      ...{ type: "records.get", object: "Contact", where: [["id", "eq", "=contactId"]] },
      ...{ limit: 1, into: "contact", next: "ask", notFound: "end" },
    },
    ask: {
      type: "screen",
      title: "Where can {{contact.firstName}} be reached?",
      components: [{ id: "phone", kind: "phone", label: "Number", required: true }],
      next: "keep",
      cancelled: "end",
    },
    keep: {
      ...{ type: "records.update", object: "Contact", id: "=contactId", values: { phone: "=ask.phone" } },
      ...{ next: "show", notFound: "end" },
    },
    show: { type: "screen", components: [{ kind: "display", text: "Noted." }], next: "end", cancelled: "end" },
    end: { type: "end" },
  },
} as unknown as Flow;

const shared = sharedStage(async () => ({}));

test("[RE40] a case is made from its conversation and kept; who saves second is told, and chooses", async () => {
  const { stage } = shared();
  const amara = await stage.agent("amara");
  const customer = await stage.customer();
  await customer.begin();
  await amara.accept();
  const { page } = amara;
  await page.getByRole("link", { name: "New case" }).click();
  await page.getByRole("textbox", { name: "Subject" }).fill("A loan for the roof");
  await page.getByRole("button", { name: "Create" }).click();
  await page.getByRole("heading", { name: "A loan for the roof" }).waitFor();
  await page.getByRole("link", { name: "Open the conversation" }).waitFor();
  expect(await findings(page, "main")).toEqual([]);

  const id = page.url().split("/").at(-1);
  const api = await stage.admin();
  await page.getByRole("textbox", { name: "Description" }).fill("Tiles and beams");
  await page.getByRole("textbox", { name: "Subject" }).fill("A loan for the whole roof");
  await api.call("PUT", `/records/Case/${id}`, { version: 1, values: { subject: "Loan", payoutIban: "DE02" } });
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Somebody else has changed this meanwhile.").waitFor();
  await page.getByText("Now stored: Loan").waitFor();
  await page.getByRole("button", { name: "Keep mine" }).click();
  await page.getByRole("heading", { name: "A loan for the whole roof" }).waitFor();
  expect(await api.call("GET", `/records/Case/${id}`)).toMatchObject({
    version: 3,
    values: { subject: "A loan for the whole roof", description: "Tiles and beams", payoutIban: "DE02" },
  });

  await api.call("POST", "/records/Case", {
    id: newId(),
    values: { subject: "A loan for a boat", payoutIban: "DE03" },
  });
  const ben = await stage.agent("ben", { status: null });
  await ben.page.goto(`${stage.url}/console/records/Case`);
  await ben.page.getByRole("textbox", { name: "Search by number or text" }).fill("a loan");
  await ben.page.getByRole("link", { name: /for a boat/ }).waitFor();
  // The other is a conversation's that is none of his.
  expect(await ben.page.getByRole("link", { name: /whole roof/ }).count()).toBe(0);
  await ben.page.getByRole("link", { name: /for a boat/ }).click();
  const account = ben.page.getByRole("textbox", { name: "Account to pay into" });
  await account.waitFor();
  expect(await account.isDisabled()).toBe(true);
  expect(await ben.page.content()).not.toContain("DE03");
});

test("[RE41] an admin makes a kind of record and a connector; the secret is set and never shown again", async () => {
  const { stage } = shared();
  const { page } = await stage.agent("admin", { status: null });
  await page.goto(`${stage.url}/console/admin/records/new`);
  await page.getByLabel("Name in flows").fill("Order");
  await page.getByLabel("One of them").fill("Order");
  await page.getByLabel("Many of them").fill("Orders");
  await page.getByRole("button", { name: "Add a field" }).click();
  await page.getByRole("group", { name: "Field 1" }).getByLabel("Name").fill("code");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "Orders", level: 1 }).waitFor();
  expect(await findings(page, "main")).toEqual([]);

  await page.goto(`${stage.url}/console/admin/connectors/new`);
  await page.getByLabel("Name in flows").fill("shop");
  await page.getByLabel("Base address").fill("https://shop.example/api");
  await page.getByRole("button", { name: "Add a header" }).click();
  await page.getByLabel("Header", { exact: true }).fill("authorization");
  await page.getByLabel("Value").fill("Bearer {{token}}");
  await page.getByLabel("Secret token").fill("not-for-eyes");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "shop", level: 1 }).waitFor();
  await page.getByText("Is set. Type to replace it.").waitFor();
  expect(await page.getByLabel("Secret token").inputValue()).toBe("");
  expect(await findings(page, "main")).toEqual([]);
});

test("[AW1] what flows note of a session stands beside its conversation, in the words of the admin", async () => {
  const { stage } = shared();
  const { page: settings } = await stage.agent("admin", { status: null });
  await settings.goto(`${stage.url}/console/admin/records/Session`);
  await settings.getByRole("button", { name: "Add a field" }).click();
  await settings.getByRole("group", { name: "Field 1" }).getByLabel("Name").fill("risk");
  await settings.getByRole("group", { name: "Field 1" }).getByLabel("Label").fill("Risk of fraud");
  await settings.getByRole("button", { name: "Save" }).click();
  await settings.getByText("The kind of record is saved.").first().waitFor();

  await publishFlow(await stage.admin(), NOTES);
  const chiyo = await stage.agent("chiyo");
  const customer = await stage.customer();
  await customer.begin();
  await chiyo.accept();
  const noted = chiyo.page.locator("section", { has: chiyo.page.getByRole("heading", { name: "Noted by flows" }) });
  await noted.getByText("Risk of fraud").waitFor();
  await noted.getByText("high", { exact: true }).waitFor();
  await noted.getByText("vip", { exact: true }).waitFor();
  expect(await findings(chiyo.page, "main")).toEqual([]);
  // Sessions are no records to be made or looked through.
  await settings.goto(`${stage.url}/console/records/Case`);
  await settings.getByText("Contacts", { exact: true }).waitFor();
  expect(await settings.getByText("Sessions", { exact: true }).count()).toBe(0);
});

test("[BB10] a flow is started on a contact's page, and its screens are answered there without a conversation", async () => {
  const { stage } = shared();
  const api = await stage.admin();
  await publishFlow(api, CALLS);
  const id = newId();
  await api.call("POST", "/records/Contact", { id, values: { firstName: "Ines", lastName: "Okoro" } });
  const { page } = await stage.agent("ben", { status: null });
  await page.goto(`${stage.url}/console/records/Contact/${id}`);
  await page.getByRole("button", { name: "Note the number" }).click();
  await page.getByRole("heading", { name: "Where can Ines be reached?" }).waitFor();
  await page.getByRole("textbox", { name: "Number" }).fill("+43 1 234567");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByText("Noted.").waitFor();
  expect(await api.call("GET", `/records/Contact/${id}`)).toMatchObject({ values: { phone: "+431234567" } });
  expect(await findings(page, "main")).toEqual([]);
});

test("[E11] two agents change a case while a flow does: it meets that, reads again and stores once; both read all three changes", async () => {
  const { stage } = shared();
  const api = await stage.admin();
  await publishFlow(api, MARK_CASE);
  const id = newId();
  await api.call("POST", "/records/Case", { id, values: { subject: "A roof" } });
  const [amara, ben] = await Promise.all([
    stage.agent("amara", { status: null }),
    stage.agent("ben", { status: null }),
  ]);
  const address = `${stage.url}/console/records/Case/${id}`;
  for (const { page } of [amara, ben]) await page.goto(address);
  const changes = async ({ page }: AgentConsole, label: string, text: string) => {
    await page.getByRole("textbox", { name: label }).fill(text);
    await page.getByRole("button", { name: "Save" }).click();
    // Nothing typed is left unsaved.
    await page.getByRole("button", { name: "Save" }).waitFor({ state: "detached" });
  };
  const has = ({ page }: AgentConsole, label: string) => page.getByRole("textbox", { name: label }).inputValue();
  await amara.page.getByRole("button", { name: "Mark" }).click();
  await amara.page.getByText(/^Waits /).waitFor();
  await changes(amara, "Subject", "A roof of slate");
  await eventually(() => has(ben, "Subject")).toBe("A roof of slate");
  await changes(ben, "Description", "Before the winter");
  await api.call("POST", "/flow-events", { id: newId(), type: "mark.go", key: id, data: {} });

  for (const side of [amara, ben]) {
    await eventually(() => has(side, "Status")).toBe("marked");
    expect([await has(side, "Subject"), await has(side, "Description")]).toEqual([
      "A roof of slate",
      "Before the winter",
    ]);
  }
  expect(await api.call("GET", `/records/Case/${id}`)).toMatchObject({ version: 4 });
  const { page } = await stage.agent("supervisor", { status: null });
  await page.goto(`${stage.url}/console/runs`);
  await page.getByRole("link", { name: "Mark a case" }).click();
  await page.getByText("This run is over.").waitFor();
  const row = (text: string) => page.getByRole("row").filter({ hasText: text });
  await row("conflict:").getByText("failed").waitFor();
  await row("records.update").getByText("done once").waitFor();
});

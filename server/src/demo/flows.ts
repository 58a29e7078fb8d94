import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ConnectorSettings } from "@clew/contract/flows/connectors";
import type { Flow } from "@clew/contract/flows/definition";
import type { RecordFieldSettings } from "@clew/contract/flows/records";
import type { Change } from "../configuration/change.ts";
import { publish } from "../flows/editing.ts";
import { type StoredDraft, writeDraft } from "../flows/versions-store.ts";
import { fieldsOfObjects, readObjects } from "../records/objects.ts";

const EXAMPLES = join(import.meta.dirname, "../../../examples/flows");

/** Live from the start: the script behind a button on cases, and the form that it opens. */
const LIVE = ["loan.useOfFunds.form", "loan.useOfFunds.agent", "case.followUp"];
/** To be looked at and tried: they decide where sessions go, which the demo's channels do by themselves. */
const DRAFTS = ["route.webchat", "route.webchat.short"];

/** The other system that a draft asks. Nobody answers there: what the flow does then is in the example, too. */
const CONNECTOR: { name: string; settings: ConnectorSettings } = {
  name: "risk-api",
  settings: {
    ...{ baseUrl: "https://risk-api.example", methods: ["POST"], hosts: [], headers: {}, privateAddresses: false },
    ...{ idempotent: true, breakAfter: 5, restMs: 60_000 },
  },
};

/** What the script writes down on a case. The account is nobody's business but that of who serves the customer. */
const CASE_FIELDS: readonly RecordFieldSettings[] = [
  { key: "useOfFunds", type: "choice?", label: "Use of funds" },
  { key: "useOfFundsDetail", type: "text?", label: "Use of funds, in the customer's words" },
  { key: "payoutIban", type: "text?", label: "Account to pay into", privacy: "private" },
  { key: "useOfFundsForm", type: "text?", label: "Receipt of the form" },
];

/** The demo's flows, with the fields of a case that they fill. */
export async function seedFlows(change: Change): Promise<void> {
  await seedCaseFields(change);
  await seedConnector(change);
  for (const key of [...LIVE, ...DRAFTS]) {
    const definition = JSON.parse(readFileSync(join(EXAMPLES, `${key}.flow.json`), "utf8")) as Flow;
    const draft: StoredDraft = { key, definition, revision: 1, author: null, updatedAt: change.now };
    await writeDraft(change.query, draft);
    await change.record({ action: "seed", noun: "flow", id: key });
    if (!LIVE.includes(key)) continue;
    const message = "First version of the demo";
    await publish({ objects: fieldsOfObjects }, change, { draft, message, activate: true, by: null });
  }
}

async function seedConnector({ query, now, record }: Change): Promise<void> {
  const { name, settings } = CONNECTOR;
  const row = { settings: JSON.stringify(settings), secrets: "", revision: 1, updated_at: now };
  await query
    .insertInto("connectors")
    .values({ name, ...row })
    .execute();
  await record({ action: "seed", noun: "connector", id: name });
}

async function seedCaseFields({ query, now, record }: Change): Promise<void> {
  const cases = (await readObjects(query)).find(({ name }) => name === "Case");
  if (!cases) return;
  const settings = { ...cases.settings, fields: [...cases.settings.fields, ...CASE_FIELDS] };
  await query
    .insertInto("record_objects")
    .values({ name: "Case", settings: JSON.stringify(settings), revision: 1, updated_at: now })
    .execute();
  await record({ action: "seed", noun: "record-object", id: "Case" });
}

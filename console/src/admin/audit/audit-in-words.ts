import type { AuditEntry } from "@clew/contract/agents";
import { isPlain } from "../editing/same.ts";
import { type AdminWord, a } from "../strings/words.ts";

const NOUNS: Record<string, AdminWord> = {
  channel: "audit.noun.channel",
  deployment: "audit.noun.deployment",
  queue: "audit.noun.queue",
  skill: "audit.noun.skill",
  hours: "audit.noun.hours",
  "quick-reply": "audit.noun.quickReply",
  agent: "audit.noun.agent",
  organisation: "audit.noun.organisation",
  "api-key": "audit.noun.apiKey",
  customer: "audit.noun.customer",
  form: "audit.noun.form",
  flow: "audit.noun.flow",
  run: "audit.noun.run",
  connector: "audit.noun.connector",
  "record-object": "audit.noun.recordObject",
  asset: "audit.noun.asset",
};
const ACTIONS: Record<string, AdminWord> = {
  create: "audit.create",
  save: "audit.save",
  delete: "audit.delete",
  publish: "audit.publish",
  restore: "audit.restore",
  "roll-back": "audit.rollBack",
  "reset-password": "audit.resetPassword",
  revoke: "audit.revoke",
  erase: "audit.erase",
  migrate: "audit.migrate",
  cancel: "audit.cancel",
  "open-secret": "audit.openSecret",
};

/** Things whose id is what people call them. */
const BY_NAME = new Set(["flow", "connector", "record-object", "asset"]);

/** "Ada changed the channel “Shop chat”"; `name` is what the thing is called now. Words that a newer server uses are shown as they are. */
export function auditSentence(entry: AuditEntry, who: string, name?: string): string {
  const action = ACTIONS[entry.action];
  const noun = NOUNS[entry.noun];
  const own = BY_NAME.has(entry.noun) ? entry.nounId : undefined;
  const what = `${noun === undefined ? entry.noun : a(noun)}${quoted(name ?? nameIn(entry.change) ?? own)}`;
  return action === undefined ? a("audit.other", { who, action: entry.action, what }) : a(action, { who, what });
}

function quoted(name: string | undefined): string {
  return name === undefined ? "" : ` “${name}”`;
}

/** A name that the change itself tells, for things that are gone. */
function nameIn(change: unknown): string | undefined {
  const lines = Array.isArray(change) ? change : isPlain(change) && Array.isArray(change.changes) ? change.changes : [];
  const named = lines.filter(isPlain).find((line) => line.path === "/name" || line.path === "/title");
  // The making or deleting of a whole thing is one line with an empty path.
  const wholes = lines
    .filter(isPlain)
    .flatMap((line) => [line.after, line.before])
    .filter(isPlain);
  const told = [
    isPlain(change) ? change.name : undefined,
    named?.after,
    named?.before,
    ...wholes.map(({ name }) => name),
  ];
  return told.find((name) => typeof name === "string");
}

type Detail = { path: string; text: string };

/** What the entry tells of the change, a line a setting. */
export function auditDetails(change: unknown): Detail[] {
  if (Array.isArray(change)) {
    return change
      .filter(isPlain)
      .map((one) => ({ path: String(one.path), text: `${short(one.before)} → ${short(one.after)}` }));
  }
  if (!isPlain(change)) return [];
  if (Array.isArray(change.changes)) return auditDetails(change.changes);
  return Object.entries(change).map(([path, value]) => ({ path, text: short(value) }));
}

function short(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "–");
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

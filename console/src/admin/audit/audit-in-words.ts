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
};
const ACTIONS: Record<string, AdminWord> = {
  create: "audit.create",
  save: "audit.save",
  delete: "audit.delete",
  publish: "audit.publish",
  restore: "audit.restore",
  "reset-password": "audit.resetPassword",
  revoke: "audit.revoke",
};

/** "Ada changed the channel Shop chat". Words that a newer server uses are shown as they are. */
export function auditSentence(entry: AuditEntry, who: string): string {
  const action = ACTIONS[entry.action];
  const noun = NOUNS[entry.noun];
  const what = `${noun === undefined ? entry.noun : a(noun)}${nameIn(entry.change)}`;
  return action === undefined ? a("audit.other", { who, action: entry.action, what }) : a(action, { who, what });
}

function nameIn(change: unknown): string {
  const candidates = isPlain(change) ? [change.after, change.before, change] : [];
  for (const candidate of candidates) {
    if (isPlain(candidate) && typeof candidate.name === "string") return ` “${candidate.name}”`;
  }
  return "";
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

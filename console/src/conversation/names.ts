import type { By } from "@clew/contract/events";
import { t } from "../strings/strings.ts";

/** Names for ids that events carry bare. */
export type Names = { me: string; agent(id: string): string; queue(id: string | null): string };

/** "You" or the agent's name. */
export function agentName(id: string, names: Names, inside = false): string {
  return id === names.me ? t(inside ? "who.youInside" : "who.you") : names.agent(id);
}

/** A person of an event: "You", their name, or what they are. */
export function person(by: By, names: Names): string {
  if (by.id !== undefined && by.id === names.me) return t("who.you");
  return by.name ?? t(`who.${by.who}`);
}

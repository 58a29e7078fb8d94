import { BOT_SERVES } from "@clew/domain/flows/conversation/told";
import { formulaOf } from "@clew/domain/flows/engine/compiled";
import type { Values } from "@clew/domain/flows/engine/run";
import { evaluate } from "@clew/domain/flows/expressions/expression";
import { ORDER_UNSAID } from "@clew/domain/flows/format/trigger-order";
import type { Heard } from "./event.ts";
import type { FlowLibrary } from "./library.ts";
import type { StartRequest } from "./starting.ts";

/** Facts are for everybody who waits for them; words and emitted events are for the first who waits. */
export function isForAll(type: string): boolean {
  return type === "form" || /^(session|conversation|customer|case)\./.test(type);
}

/** The runs that an event starts: flows triggered by it in this channel, whose filter holds. */
export function startedBy(event: Heard, library: FlowLibrary, newId: () => string): StartRequest[] {
  return library
    .live()
    .sort((a, b) => (a.flow.trigger?.order ?? ORDER_UNSAID) - (b.flow.trigger?.order ?? ORDER_UNSAID))
    .filter(({ flow }) => flow.trigger?.on === event.type && inChannel(flow.trigger.channels, event))
    .filter(({ flow }) => concerns(flow.trigger?.fields, event) && isMeant(flow.trigger?.filter, event))
    .filter(
      ({ flow }, index, all) =>
        flow.kind !== "routing" || all.findIndex((one) => one.flow.kind === "routing") === index,
    )
    .map(({ flow, version }) => ({ flow, version, id: newId(), recordId: caseOf(event) }))
    .map(({ flow: { key }, version, id, recordId }) => ({
      id,
      key,
      version: library.versionFor(key, event.conversationId ?? recordId ?? id, event.at) ?? version,
      alias: "live",
      inputs: event.inputs,
      conversationId: event.conversationId,
      sessionId: event.sessionId,
      recordId,
      starterId: null,
      locale: event.channel?.language ?? "en",
      zone: event.channel?.zone ?? "UTC",
      hours: event.channel?.hours ?? null,
    }));
}

/** The run that is the bot of a session, as the conversation's own commit names it; null: it is about none. */
export function botBegunBy({ type, data, ...event }: Heard, library: FlowLibrary): StartRequest | null {
  const { runId, key, version, name } = data as { runId: string; key: string; version: number; name: string };
  if (type !== BOT_SERVES || !library.flow(key, version)) return null;
  return {
    id: runId,
    key,
    version,
    alias: "live",
    inputs: event.inputs,
    conversationId: event.conversationId,
    sessionId: event.sessionId,
    recordId: null,
    starterId: null,
    locale: event.channel?.language ?? "en",
    zone: event.channel?.zone ?? "UTC",
    hours: event.channel?.hours ?? null,
    bot: name,
  };
}

function caseOf({ inputs }: Heard): string | null {
  return typeof inputs.caseId === "string" ? inputs.caseId : null;
}

function inChannel(channels: readonly string[] | undefined, { channel }: Heard): boolean {
  if (!channels) return true;
  return channel === null || ["web", channel.id, channel.name].some((name) => channels.includes(name));
}

/** Whether one of the fields that the trigger names has changed. */
function concerns(fields: readonly string[] | undefined, { data }: Heard): boolean {
  const changed = data.changed;
  return !fields || (Array.isArray(changed) && fields.some((field) => changed.includes(field)));
}

function isMeant(filter: string | undefined, { at: now, channel, inputs }: Heard): boolean {
  return holds(filter, inputs, { now, zone: channel?.zone ?? "UTC", locale: channel?.language ?? "en" });
}

/** Whether a flow is to begin with these inputs. */
export function holds(
  filter: string | undefined,
  inputs: Values,
  at: { now: number; zone: string; locale: string },
): boolean {
  if (!filter) return true;
  try {
    return evaluate(formulaOf(filter.slice(1)), inputs, at) === true;
  } catch {
    // A filter that cannot be computed lets nothing through; the linter has checked it against the trigger's inputs.
    return false;
  }
}

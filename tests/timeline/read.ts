import { readFileSync } from "node:fs";
import { type ConversationEvent, EVENTS } from "@clew/contract/events";
import { Timeline } from "@clew/contract/timeline";
import type { TSchema } from "typebox";
import { Check, Errors } from "typebox/value";

/** A file that is no timeline, or not a whole one; the message says what is wrong with it. */
export class NoTimeline extends Error {}

/** Reads an exported timeline and checks that it is whole. @throws NoTimeline */
export function readTimeline(path: string): Timeline {
  let file: unknown;
  try {
    file = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new NoTimeline(error instanceof Error ? error.message : String(error), { cause: error });
  }
  return checkTimeline(file);
}

export function checkTimeline(file: unknown): Timeline {
  const { format, version, given } = (file ?? {}) as Record<string, unknown>;
  if (format !== "clew-timeline") throw new NoTimeline("this is no exported timeline: `format` is not clew-timeline");
  if (version !== 1) throw new NoTimeline(`version ${version} is not known here`);
  if (given === undefined) throw new NoTimeline("the settings (`given`) are missing: export it again");
  const { events, conversation } = file as Timeline;
  if (Array.isArray(events)) for (const [at, event] of events.entries()) checkEvent(event, at + 1, conversation?.id);
  if (!Check(Timeline as TSchema, file)) throw new NoTimeline(misfit(Timeline, file));
  if (conversation.number !== events.length)
    throw new NoTimeline(`the conversation stands at ${conversation.number}, the last event is ${events.length}`);
  return file as Timeline;
}

function checkEvent(event: ConversationEvent, number: number, conversationId: string | undefined): void {
  const { type } = event;
  const fail = (what: string) => {
    throw new NoTimeline(`event ${number}${what}`);
  };
  if (event.number !== number) fail(` is missing: number ${event.number} is in its place`);
  const schema: TSchema | undefined = EVENTS[type];
  if (!schema) fail(`: ${type} is not known here`);
  if (!Check(schema, event)) fail(`, ${type}: ${misfit(schema, event)}`);
  if (event.conversationId !== conversationId) fail(" belongs to another conversation");
}

function misfit(schema: TSchema, value: unknown): string {
  const [error] = Errors(schema, value);
  return error ? `${error.instancePath || "/"} ${error.message}` : "it does not fit the schema";
}

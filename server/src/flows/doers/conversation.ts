import type { Attachment } from "@clew/contract/attachments";
import { LINK_PLACE } from "@clew/contract/limits";
import type { Actor } from "@clew/domain/actor";
import type { Command } from "@clew/domain/commands";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { isMap } from "@clew/domain/flows/expressions/value";
import { inLanguage } from "@clew/domain/languages/fall-back";
import { Refused } from "../../problems/refused.ts";
import type { Done, RemoteDoers, Wanted } from "../operations.ts";

type Execute = (command: Command, actor: Actor) => Promise<unknown>;
/** Files that were sent in a conversation, of those named. */
export type FilesOf = (conversationId: string, ids: readonly string[]) => Promise<Attachment[]>;
type Parts = {
  execute: Execute;
  files: FilesOf;
  /** In which language a conversation is; null: there is none. */
  languageOf(conversationId: string): Promise<string | null>;
  /** The customer's own link to come back with; the same for the same `id`. */
  reconnectLink(conversationId: string, id: string): Promise<string>;
  /** What is wrong with values for the fields of a session, by field. */
  problemsOfSession(values: Readonly<Record<string, Value>>): Record<string, string>;
};
const SYSTEM: Actor = { who: "system" };

/** What flows say and do in conversations: commands to their door, under the operation's own id. */
export function conversationDoers({
  execute,
  files,
  languageOf,
  reconnectLink,
  problemsOfSession,
}: Parts): RemoteDoers {
  /** Files of the conversation itself: nothing is carried from one customer to another. */
  const filesIn = async (conversationId: string, attachments: readonly Value[]): Promise<Attachment[] | Done> => {
    const ids = idsIn(attachments);
    if (ids === null) return { fault: "validation", message: "What is attached is no file" };
    const found = ids.length > 0 ? await files(conversationId, [...new Set(ids)]) : [];
    if (found.length < new Set(ids).size) return { fault: "notFound", message: "There is no such file here" };
    return found;
  };
  const withLink = async (text: string, conversationId: string, id: string) =>
    text.includes(LINK_PLACE) ? text.replaceAll(LINK_PLACE, await reconnectLink(conversationId, id)) : text;
  const give = (command: Command, refused: (error: Refused) => Done = faultOf): Promise<Done> =>
    execute(command, SYSTEM).then(
      () => ({}),
      (error: unknown) => {
        if (error instanceof Refused) return refused(error);
        throw error;
      },
    );
  return {
    "message.send": async (message, wanted) => {
      const { conversationId, as, attachments, silent } = message;
      const language = message.inLanguages ? await languageOf(conversationId) : null;
      const { text, quickReplies } =
        (language === null ? null : inLanguage(message.inLanguages ?? {}, language)) ?? message;
      const files = await filesIn(conversationId, attachments);
      if (!Array.isArray(files)) return files;
      const replies = quickReplies.map(({ label, value }) => ({ label, text: value ?? label }));
      const bot = wanted.run.bot ?? wanted.row.title;
      const said = { as, text: await withLink(text, conversationId, wanted.id), bot, files, replies, silent };
      return give({ type: "flow.say", ...askedBy(wanted, conversationId), conversationId, ...said });
    },
    "message.note": ({ conversationId, text }, wanted) =>
      give({ type: "flow.note", ...askedBy(wanted, conversationId), conversationId, text }),
    "message.draft": ({ conversationId, text }, wanted) =>
      give({ type: "flow.draft", ...askedBy(wanted, conversationId), conversationId, text }, (error) =>
        error.problem.code === "session-not-open" ? { outcome: "noAgent" } : faultOf(error),
      ),
    // A session that is not there any more has nobody who could confirm anything.
    "prechat.mark": async ({ facts }, wanted) => {
      const about = sessionOf(wanted);
      if (!about) return {};
      return give({ type: "flow.describe", ...askedBy(wanted), ...about, toConfirm: facts }, (error) =>
        error.problem.code === "session-not-open" ? {} : faultOf(error),
      );
    },
    "session.set": async ({ attributes, tags, priority, language }, wanted) => {
      const about = sessionOf(wanted);
      if (!about) return NO_SESSION;
      return give({
        type: "flow.describe",
        ...askedBy(wanted),
        ...about,
        attributes,
        tags,
        ...(priority === null ? {} : { priority: Math.max(0, Math.min(100, Math.round(priority))) }),
        ...(language === null ? {} : { language }),
      });
    },
    "session.end": async ({ message, reason, close }, wanted) => {
      const about = sessionOf(wanted);
      if (!about) return NO_SESSION;
      return give({
        type: "flow.end-session",
        ...askedBy(wanted),
        ...about,
        ...(message ? { text: message } : {}),
        ...(reason ? { reason } : {}),
        close,
      });
    },
    // A flow changes the session that it works on, and in which language its conversation is.
    "records.update": async ({ object, id: recordId, values, provenance }, wanted) => {
      const about = sessionOf(wanted);
      const own = object === "Session" ? about?.sessionId : about?.conversationId;
      if (!about || recordId === null || recordId !== own)
        return {
          fault: "forbidden",
          message: "A flow changes only the session that it works on, and its conversation",
        };
      if (object === "Conversation")
        return changedLanguage(values, (language) =>
          give({ type: "flow.describe", ...askedBy(wanted), ...about, language }),
        );
      const { prechat, ...fields } = values;
      const [wrong] = Object.entries(problemsOfSession(fields));
      if (wrong) return { fault: "validation", message: `Session.${wrong[0]} does not fit: ${wrong[1]}` };
      const told = isMap(prechat ?? null) ? (prechat as Readonly<Record<string, Value>>) : {};
      const facts = Object.entries(told).flatMap(([key, value]) => {
        if (value !== null && typeof value === "object") return [];
        const how = provenance[`prechat.${key}`] === "carried" ? ("carried" as const) : ("looked-up" as const);
        return [{ key, value, how }];
      });
      return give({
        type: "flow.describe",
        ...askedBy(wanted),
        ...about,
        facts,
        ...(Object.keys(fields).length > 0 ? { attributes: fields } : {}),
      });
    },
  };
}

/** Of a conversation nothing but its language is a flow's to change. */
async function changedLanguage(
  { language, ...more }: Readonly<Record<string, Value>>,
  give: (language: string) => Promise<Done>,
): Promise<Done> {
  const [other] = Object.keys(more);
  if (other !== undefined) return { fault: "validation", message: `Conversation.${other} is not changed by flows` };
  if (typeof language !== "string") return { fault: "validation", message: "Conversation.language is a text" };
  return give(language);
}

/** Ids of files in a value as forms give them: a file, or a list of them. Null: it holds something else. */
function idsIn(value: Value): string[] | null {
  if (value === null) return [];
  if (Array.isArray(value)) {
    const ids = value.map((one: Value) => idsIn(one));
    return ids.includes(null) ? null : ids.flatMap((one) => one ?? []);
  }
  return typeof value === "object" && "id" in value && typeof value.id === "string" ? [value.id] : null;
}

const NO_SESSION: Done = { fault: "notFound", message: "This run works on no session" };

/** Under which id the conversation is asked, and by which bot, if the run is one and it is its own conversation. */
export function askedBy(
  { id, run }: Pick<Wanted, "id" | "run">,
  conversationId: string | null = run.conversationId,
): { id: string; botRun?: string } {
  const isBot = run.bot !== undefined && conversationId === run.conversationId;
  return { id, ...(isBot ? { botRun: run.id } : {}) };
}

export function sessionOf({ run }: Wanted): { conversationId: string; sessionId: string } | null {
  const { conversationId, sessionId } = run;
  return conversationId && sessionId ? { conversationId, sessionId } : null;
}

/** A refusal of the conversation's door as a fault of the flow. */
export function faultOf(error: Refused): Done {
  const { code, title, detail } = error.problem;
  const message = detail ?? title;
  switch (code) {
    case "conversation-closed":
    case "session-not-open":
      return { fault: "conversationClosed", message };
    case "not-found":
      return { fault: "notFound", message };
    case "no-capacity":
      return { fault: "noCapacity", message };
    case "conflict":
      return { fault: "conflict", message };
    case "forbidden":
      return { fault: "forbidden", message };
    default:
      return { fault: "validation", message };
  }
}

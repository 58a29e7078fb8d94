import type { Actor } from "@clew/domain/actor";
import type { Command } from "@clew/domain/commands";
import { Refused } from "../../problems/refused.ts";
import type { Done, RemoteDoers, Wanted } from "../operations.ts";

type Execute = (command: Command, actor: Actor) => Promise<unknown>;
const SYSTEM: Actor = { who: "system" };

/** What flows say and do in conversations: commands to their door, under the operation's own id. */
export function conversationDoers(execute: Execute): RemoteDoers {
  const give = (command: Command, refused: (error: Refused) => Done = faultOf): Promise<Done> =>
    execute(command, SYSTEM).then(
      () => ({}),
      (error: unknown) => {
        if (error instanceof Refused) return refused(error);
        throw error;
      },
    );
  return {
    "message.send": ({ conversationId, as, text }, { id, row }) =>
      give({ type: "flow.say", id, conversationId, as, text, bot: row.title }),
    "message.note": ({ conversationId, text }, { id }) => give({ type: "flow.note", id, conversationId, text }),
    "message.draft": ({ conversationId, text }, { id }) =>
      give({ type: "flow.draft", id, conversationId, text }, (error) =>
        error.problem.code === "session-not-open" ? { outcome: "noAgent" } : faultOf(error),
      ),
    "session.set": async ({ attributes, tags, priority }, wanted) => {
      const about = sessionOf(wanted);
      if (!about) return NO_SESSION;
      return give({
        type: "flow.describe",
        id: wanted.id,
        ...about,
        attributes,
        tags,
        ...(priority === null ? {} : { priority: Math.max(0, Math.min(100, Math.round(priority))) }),
      });
    },
    "session.end": async ({ message, close }, wanted) => {
      const about = sessionOf(wanted);
      if (!about) return NO_SESSION;
      return give({ type: "flow.end-session", id: wanted.id, ...about, ...(message ? { text: message } : {}), close });
    },
    // Only sessions are changed this way: what a conversation is, follows from them.
    "records.update": async ({ object, id: recordId, values, provenance }, wanted) => {
      const about = sessionOf(wanted);
      if (!about || object !== "Session" || recordId !== about.sessionId)
        return { fault: "forbidden", message: "A flow changes only the session it works on" };
      const prechat = values.prechat;
      const told = typeof prechat === "object" && prechat !== null && !Array.isArray(prechat) ? prechat : {};
      const facts = Object.entries(told).flatMap(([key, value]) => {
        if (value !== null && typeof value === "object") return [];
        const how = provenance[`prechat.${key}`] === "carried" ? ("carried" as const) : ("looked-up" as const);
        return [{ key, value, how }];
      });
      const { prechat: _prechat, ...attributes } = values;
      return give({
        type: "flow.describe",
        id: wanted.id,
        ...about,
        facts,
        ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
      });
    },
  };
}

const NO_SESSION: Done = { fault: "notFound", message: "This run works on no session" };

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

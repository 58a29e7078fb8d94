import type { ClientMessage, ServerMessage } from "@clew/contract/stream";
import { FLOOR_BODY, type FloorFrame, type FloorHello, floorToken } from "../floor/resume-server.ts";
import { MISSED } from "./crowd-messages.ts";
import type { Role } from "./crowd-person.ts";

/** A role that can be told where to go on. `behind`: how many messages before the end. */
export type Returning = Role & { from(behind: number): void };

/** Somebody with a conversation of MISSED messages in the bare server. */
export function floorRole(url: string, id: string): Returning {
  let cursor = MISSED;
  let at = cursor;
  return {
    url,
    from: (behind) => {
      cursor = MISSED - behind;
    },
    greeting() {
      at = cursor;
      return JSON.stringify({ id, token: floorToken(id), cursor } satisfies FloorHello);
    },
    take(text) {
      const frame = JSON.parse(text) as FloorFrame;
      if ("live" in frame) return frame.live === MISSED && at === MISSED ? { live: true } : { wrong: true };
      const follow = frame.events.every(({ number, body }) => number === ++at && body === FLOOR_BODY);
      return follow ? {} : { wrong: true };
    },
  };
}

/** A guest of the product whose conversation ends with their own messages `posted`, the first of them after `before`. */
export function clewRole(
  url: string,
  guest: { token: string; conversationId: string; epoch: string; before: number; posted: readonly string[] },
): Returning {
  const { token, conversationId, epoch, before, posted } = guest;
  const end = before + posted.length;
  let cursor = end;
  let at = cursor;
  const subscribe = (): ClientMessage => ({
    type: "subscribe",
    topic: { kind: "conversation", id: conversationId },
    cursor: { epoch, number: cursor },
  });
  return {
    url: `${url.replace("http", "ws")}/api/v1/stream`,
    from: (behind) => {
      cursor = end - behind;
    },
    greeting() {
      at = cursor;
      return JSON.stringify({ type: "hello", protocol: 1, token } satisfies ClientMessage);
    },
    take(text) {
      const message = JSON.parse(text) as ServerMessage;
      switch (message.type) {
        case "welcome":
          return { send: JSON.stringify(subscribe()) };
        case "events": {
          const follow = message.events.every(
            ({ number, commandId }) => number === ++at && (number > end || commandId === posted[number - before - 1]),
          );
          return follow ? {} : { wrong: true };
        }
        case "live":
          return message.number === at && at >= end ? { live: true } : { wrong: true };
        case "snapshot":
        case "resync":
        case "refused":
        case "bye":
          return { wrong: true };
        default:
          return {};
      }
    },
  };
}

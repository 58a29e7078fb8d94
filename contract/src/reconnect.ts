import { type Static, Type } from "typebox";
import { closed } from "./closed.ts";
import { CustomerIdentity, ResumeSecret } from "./customers.ts";
import { AnswerValue, FieldKey } from "./forms.ts";
import { Id, Language, Time } from "./ids.ts";
import { Because, SessionEnd } from "./sessions.ts";

/**
 * A reconnect link's token: unguessable, signed, good for one conversation and one purpose. Any text is taken here: what
 * a mail program broke gets the same neutral answer as what somebody forged.
 */
export const LinkToken = Type.String({ maxLength: 2000 });

/** A way back to a conversation. `url` opens the portal; opening the page uses nothing up, pressing *continue* does. */
export const ReconnectLink = Type.Object({ url: Type.String(), expiresAt: Time });
export type ReconnectLink = Static<typeof ReconnectLink>;

export const SendLink = Type.Object(
  { email: Type.String({ pattern: "^[^@\\s]{1,64}@[^@\\s]{1,190}$", maxLength: 254 }), language: Language },
  { additionalProperties: false },
);

/**
 * `accessToken`: of the verified customer who is signed in on the device. Another customer's link is not for them.
 * `opening`: the device's own id of this try; whoever has used the link up and heard nothing may ask again under it.
 */
export const OpenLink = Type.Object(
  {
    channelId: Id,
    token: LinkToken,
    accessToken: Type.Optional(Type.String({ maxLength: 4000 })),
    opening: Type.Optional(Id),
  },
  { additionalProperties: false },
);

/** Asked by a device that holds a conversation: does the link lead to just that one? Nothing is used up. */
export const CheckLink = Type.Object({ token: LinkToken }, { additionalProperties: false });

/** One thing that was said, for reading only: no ids, no addresses of files, no links to come back with. */
export const ReadLine = Type.Object({
  at: Time,
  by: closed(["customer", "team"]),
  name: Type.Union([Type.String(), Type.Null()]),
  text: Type.String(),
  /** Names of the files that came with it. */
  files: Type.Array(Type.String()),
});
export type ReadLine = Static<typeof ReadLine>;

/** What an expired link still shows until `until`: the newest lines that were said while it was good, oldest first. */
export const LeftBehind = Type.Object({
  until: Time,
  lines: Type.Array(ReadLine),
  /** Names and choices that the customer gave, to begin a new chat with; nothing they can be reached by. */
  answers: Type.Record(FieldKey, AnswerValue),
});
export type LeftBehind = Static<typeof LeftBehind>;

/** What came of a try to come back. `refused` is the same neutral answer for forged, foreign and used-up links. */
export const ReconnectOutcome = Type.Union([
  Type.Object({
    outcome: Type.Literal("resumed"),
    conversationId: Id,
    identity: CustomerIdentity,
    link: ReconnectLink,
  }),
  Type.Object({
    outcome: Type.Literal("resumed-other-agent"),
    because: Because,
    conversationId: Id,
    identity: CustomerIdentity,
    link: ReconnectLink,
  }),
  Type.Object({
    outcome: Type.Literal("expired"),
    at: Time,
    redirectUrl: Type.Union([Type.String(), Type.Null()]),
    left: Type.Optional(LeftBehind),
  }),
  Type.Object({ outcome: Type.Literal("ended"), end: SessionEnd, conversationId: Id, identity: CustomerIdentity }),
  Type.Object({ outcome: Type.Literal("refused"), because: closed(["link-invalid"]) }),
]);
export type ReconnectOutcome = Static<typeof ReconnectOutcome>;

export const ClearSession = Type.Object(
  { channelId: Id, resumeSecret: ResumeSecret, mode: closed(["end", "park"]) },
  { additionalProperties: false },
);

import { type Static, Type } from "typebox";
import { closed } from "./closed.ts";
import { CustomerIdentity, ResumeSecret } from "./customers.ts";
import { Id, Language, Time } from "./ids.ts";
import { Because, SessionEnd } from "./sessions.ts";

/** A reconnect link's token: unguessable, signed, good for one conversation and one purpose. */
export const LinkToken = Type.String({ pattern: "^[A-Za-z0-9_-]{20,200}$" });

/** A way back to a conversation. `url` opens the portal; opening the page uses nothing up, pressing *continue* does. */
export const ReconnectLink = Type.Object({ url: Type.String(), expiresAt: Time });
export type ReconnectLink = Static<typeof ReconnectLink>;

export const SendLink = Type.Object(
  { email: Type.String({ pattern: "^[^@\\s]{1,64}@[^@\\s]{1,190}$", maxLength: 254 }), language: Language },
  { additionalProperties: false },
);

export const OpenLink = Type.Object({ channelId: Id, token: LinkToken }, { additionalProperties: false });

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
  Type.Object({ outcome: Type.Literal("expired"), at: Time, redirectUrl: Type.Union([Type.String(), Type.Null()]) }),
  Type.Object({ outcome: Type.Literal("ended"), end: SessionEnd, conversationId: Id, identity: CustomerIdentity }),
  Type.Object({ outcome: Type.Literal("refused"), because: closed(["link-invalid"]) }),
]);
export type ReconnectOutcome = Static<typeof ReconnectOutcome>;

export const ClearSession = Type.Object(
  { channelId: Id, resumeSecret: ResumeSecret, mode: closed(["end", "park"]) },
  { additionalProperties: false },
);

import { type Static, Type } from "typebox";
import { closed } from "./closed.ts";
import { ConversationSnapshot } from "./conversations.ts";
import { Id, Time } from "./ids.ts";

/** Long-lived, rotating, revocable. Kept apart from access tokens: it is sent only to the `identity` addresses. */
export const ResumeSecret = Type.String({ pattern: "^[A-Za-z0-9_-]{43}$", description: "256 random bits, base64url" });
export const IdentityToken = Type.String({
  minLength: 20,
  maxLength: 8000,
  description: "JWT signed with RS256, ES256 or EdDSA",
});

/** What tells a customer's conversations apart where one is chosen: what it is about, and the last that was said. */
export const Glance = Type.Object({
  topic: Type.Union([Type.String(), Type.Null()]),
  last: Type.Union([
    Type.Object({ at: Time, by: closed(["customer", "team"]), text: Type.String({ description: "its beginning" }) }),
    Type.Null(),
  ]),
});
export type Glance = Static<typeof Glance>;

/** One of a customer's conversations as the server names them when it says who they are. */
export const OwnConversation = Type.Object({ ...ConversationSnapshot.properties, glance: Type.Optional(Glance) });
export type OwnConversation = Static<typeof OwnConversation>;

/** What a widget holds to act as a customer. `accessToken` lives for minutes; `resumeSecret` replaces the one sent. */
export const CustomerIdentity = Type.Object({
  customerId: Id,
  kind: closed(["guest", "verified"]),
  name: Type.Union([Type.String(), Type.Null()]),
  accessToken: Type.String(),
  accessExpiresAt: Time,
  resumeSecret: ResumeSecret,
  /** The customer's conversations in this channel that can be gone on with, the newest first. */
  conversations: Type.Array(OwnConversation),
});
export type CustomerIdentity = Static<typeof CustomerIdentity>;

export const StartGuest = Type.Object({ channelId: Id }, { additionalProperties: false });
export const Resume = Type.Object({ channelId: Id, resumeSecret: ResumeSecret }, { additionalProperties: false });
/** With `resumeSecret` of a guest, the guest becomes the verified customer and their conversations come along. */
export const Verify = Type.Object(
  { channelId: Id, identityToken: IdentityToken, resumeSecret: Type.Optional(ResumeSecret) },
  { additionalProperties: false },
);
export const SignOut = Type.Object(
  { channelId: Id, resumeSecret: ResumeSecret, everywhere: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
);

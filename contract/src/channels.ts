import { type Static, Type } from "typebox";
import { closed } from "./closed.ts";
import { ConversationKind } from "./conversations.ts";
import { PreChatForm, SurveyForm } from "./forms.ts";
import { Duration, Id, Language, Localized, Time } from "./ids.ts";
import { ON_AGENT_END, ReconnectTerms } from "./sessions.ts";

const Colour = Type.String({ pattern: "^#[0-9a-fA-F]{6}$" });

/** Tokens of the look; everything else follows from them. */
export const Look = Type.Object(
  {
    colour: Colour,
    colourText: Type.Union([Colour, Type.Null()]),
    radius: Type.Integer({ minimum: 0, maximum: 28 }),
    font: Type.Union([Type.String({ maxLength: 200 }), Type.Null()]),
    logoUrl: Type.Union([Type.String({ maxLength: 2000 }), Type.Null()]),
    position: closed(["end", "start"]),
    scheme: closed(["light", "dark", "auto"]),
    title: Localized,
    subtitle: Type.Optional(Localized),
    greeting: Type.Optional(Localized),
  },
  { additionalProperties: false },
);
export type Look = Static<typeof Look>;

/** Silence of the customer: `warnAfter` until the warning (null: never), then `endAfterWarning` until the session ends. */
export const InactivityPolicy = Type.Object(
  {
    inactiveAfter: Type.Union([Duration, Type.Null()]),
    warnAfter: Type.Union([Duration, Type.Null()]),
    endAfterWarning: Duration,
  },
  { additionalProperties: false },
);
export type InactivityPolicy = Static<typeof InactivityPolicy>;

/** Words that, as a whole message, end the session and not the conversation. Off by default on web channels. */
export const OptOutPolicy = Type.Object(
  {
    on: Type.Boolean(),
    keywords: Type.Record(Language, Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { maxItems: 20 })),
  },
  { additionalProperties: false },
);
export type OptOutPolicy = Static<typeof OptOutPolicy>;

/** How identity tokens of verified customers are checked. Keys are pasted as JWK or fetched from `jwksUrl`. */
export const VerificationPolicy = Type.Object(
  {
    on: Type.Boolean(),
    issuer: Type.String({ maxLength: 500 }),
    audience: Type.String({ maxLength: 500 }),
    jwksUrl: Type.Union([Type.String({ maxLength: 2000, pattern: "^https?://" }), Type.Null()]),
    keys: Type.Array(Type.Object({}, { additionalProperties: true }), {
      maxItems: 10,
      description: "public keys as JWK with `kid`",
    }),
  },
  { additionalProperties: false },
);
export type VerificationPolicy = Static<typeof VerificationPolicy>;

/** All settings of a channel. They are a draft until they are published as a deployment. */
export const ChannelSettings = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80 }),
    kind: ConversationKind,
    queueId: Type.Union([Id, Type.Null()]),
    weight: Type.Integer({ minimum: 0, maximum: 100 }),
    priority: Type.Integer({ minimum: 0, maximum: 100 }),
    hoursId: Type.Union([Id, Type.Null()]),
    outOfHours: closed(["leave-message", "queue", "refuse"]),
    look: Look,
    preChat: PreChatForm,
    /** What is asked after the end; absent: nothing. */
    survey: Type.Optional(SurveyForm),
    inactivity: InactivityPolicy,
    optOut: OptOutPolicy,
    verification: VerificationPolicy,
    customerMayEnd: Type.Boolean(),
    attachments: Type.Boolean(),
    /** Staff see what the customer is typing; the widget says so. */
    livePreview: Type.Boolean(),
    showQueuePlace: Type.Boolean(),
    transcript: Type.Boolean(),
    languages: Type.Array(Language, { minItems: 1, maxItems: 50 }),
    /** Coming back after a drop; absent: sessions wait as long as they live, nothing is held. */
    reconnect: Type.Optional(ReconnectTerms),
    /** What the window does when the agent ends; absent: it stays. After `reset`, `afterReset` says what is shown. */
    onAgentEnd: Type.Optional(closed(ON_AGENT_END)),
    afterReset: Type.Optional(closed(["offer", "close", "hide"])),
    /** What becomes of the chat when its customer signs out; absent: it stays with the agent. */
    onSignOut: Type.Optional(closed(["keep", "end"])),
    /** Shared computers: the window locks after so long without a touch; null or absent: never. */
    idleLock: Type.Optional(Type.Union([Duration, Type.Null()])),
    /** Sites that may use the channel, such as "https://shop.example"; empty: any site. */
    origins: Type.Array(Type.String({ pattern: "^https?://[^/\\s]+$", maxLength: 200 }), { maxItems: 100 }),
  },
  { additionalProperties: false },
);
export type ChannelSettings = Static<typeof ChannelSettings>;

export const Channel = Type.Object({
  id: Id,
  draft: ChannelSettings,
  revision: Type.Integer(),
  live: Type.Union([Type.Integer(), Type.Null()], { description: "number of the live deployment" }),
});
export type Channel = Static<typeof Channel>;

/** A published, numbered, immutable copy of a channel's settings. `restoredFrom` names the deployment gone back to. */
export const Deployment = Type.Object({
  channelId: Id,
  number: Type.Integer({ minimum: 1 }),
  settings: ChannelSettings,
  publishedAt: Time,
  publishedBy: Type.Union([Id, Type.Null()]),
  note: Type.String({ maxLength: 500 }),
  restoredFrom: Type.Union([Type.Integer(), Type.Null()]),
});
export type Deployment = Static<typeof Deployment>;

/** One difference between the draft and the live deployment; `path` is a JSON pointer into the settings. */
export const SettingChange = Type.Object({ path: Type.String(), before: Type.Unknown(), after: Type.Unknown() });
export type SettingChange = Static<typeof SettingChange>;

/** What a widget boots from: the public part of the live deployment, and whether anyone is there. */
export const Boot = Type.Object({
  channelId: Id,
  deployment: Type.Integer(),
  name: Type.String(),
  kind: ConversationKind,
  look: Look,
  preChat: PreChatForm,
  survey: Type.Optional(SurveyForm),
  customerMayEnd: Type.Boolean(),
  attachments: Type.Boolean(),
  livePreview: Type.Boolean(),
  showQueuePlace: Type.Boolean(),
  transcript: Type.Boolean(),
  languages: Type.Array(Language),
  verification: Type.Boolean(),
  outOfHours: closed(["leave-message", "queue", "refuse"]),
  /** Whether links to come back exist, and for how long they live. */
  reconnectLinks: Type.Optional(Type.Object({ life: Duration })),
  onAgentEnd: Type.Optional(closed(ON_AGENT_END)),
  afterReset: Type.Optional(closed(["offer", "close", "hide"])),
  idleLock: Type.Optional(Type.Union([Duration, Type.Null()])),
  open: Type.Boolean(),
  opensAt: Type.Union([Time, Type.Null()]),
  epoch: Type.String(),
  now: Time,
});
export type Boot = Static<typeof Boot>;

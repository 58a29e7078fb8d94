import { type Static, Type } from "typebox";
import { closed } from "../closed.ts";
import { Id, Time } from "../ids.ts";
import { text } from "./spellings.ts";
import { PrivacyClass, type Variables, VariableType } from "./variables.ts";
import { NAME_PATTERN, OBJECT_PATTERN } from "./words.ts";

/** The objects that are there from the start; an admin may add fields to them and objects beside them. */
export const BUILT_IN_OBJECTS = ["Case", "Contact"] as const;
/** What every record has beside its fields, as flows read it. */
export const FIELDS_OF_ALL: Variables = {
  id: { type: "text" },
  number: { type: "number" },
  version: { type: "number" },
  conversationId: { type: "text?" },
  sessionId: { type: "text?" },
  caseId: { type: "text?" },
  createdAt: { type: "datetime" },
  updatedAt: { type: "datetime" },
};
/** Of a session, beside the fields that an admin added. `attributes` and `tags` are what flows noted of it. */
export const FIELDS_OF_SESSIONS: Variables = {
  id: { type: "text" },
  conversationId: { type: "text" },
  number: { type: "number" },
  status: { type: "choice" },
  createdAt: { type: "datetime" },
  endedAt: { type: "datetime?" },
  queueId: { type: "text?" },
  agentId: { type: "text?" },
  channelId: { type: "text?" },
  language: { type: "text?" },
  customer: { type: "map?" },
  prechat: { type: "map" },
  attributes: { type: "map" },
  tags: { type: "list<text>" },
};
/** `sessions`: how many there were; `sessionId`: the one it is in, or was in last. */
export const FIELDS_OF_CONVERSATIONS: Variables = {
  id: { type: "text" },
  channelId: { type: "text" },
  status: { type: "choice" },
  language: { type: "text" },
  createdAt: { type: "datetime" },
  sessions: { type: "number" },
  sessionId: { type: "text?" },
  customer: { type: "map?" },
  prechat: { type: "map" },
};

export const RecordFieldSettings = Type.Object(
  {
    key: Type.String({ pattern: NAME_PATTERN }),
    type: VariableType,
    label: Type.Optional(text(200)),
    privacy: Type.Optional(PrivacyClass),
    required: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type RecordFieldSettings = Static<typeof RecordFieldSettings>;

/** What flows may do with records of an object: `write` unless told. */
export const FLOW_ACCESS = ["write", "read", "none"] as const;

/** An object type. `title` names the field that a record is called by. */
export const RecordObjectSettings = Type.Object(
  {
    label: Type.String({ minLength: 1, maxLength: 80 }),
    plural: Type.String({ minLength: 1, maxLength: 80 }),
    title: Type.Optional(Type.String({ pattern: NAME_PATTERN })),
    fields: Type.Array(RecordFieldSettings, { maxItems: 100 }),
    flows: Type.Optional(closed(FLOW_ACCESS)),
  },
  { additionalProperties: false },
);
export type RecordObjectSettings = Static<typeof RecordObjectSettings>;

export const RecordObject = Type.Object({
  name: Type.String({ pattern: OBJECT_PATTERN }),
  builtIn: Type.Boolean(),
  settings: RecordObjectSettings,
  revision: Type.Integer(),
});
export type RecordObject = Static<typeof RecordObject>;

/** A record. `version` rises with each change; private fields that the reader may not see are null and named in `masked`. */
export const StoredRecord = Type.Object({
  id: Id,
  object: Type.String(),
  number: Type.Integer(),
  title: Type.String(),
  version: Type.Integer(),
  values: Type.Record(Type.String(), Type.Unknown()),
  masked: Type.Array(Type.String()),
  conversationId: Type.Union([Id, Type.Null()]),
  sessionId: Type.Union([Id, Type.Null()]),
  caseId: Type.Union([Id, Type.Null()]),
  createdAt: Time,
  updatedAt: Time,
});
export type StoredRecord = Static<typeof StoredRecord>;

/** `next`: where the page after this one begins, while there is more; a page may be empty and have one. */
export const RecordPage = Type.Object({
  items: Type.Array(StoredRecord),
  more: Type.Boolean(),
  next: Type.Optional(Type.String()),
});
export type RecordPage = Static<typeof RecordPage>;

const links = {
  conversationId: Type.Optional(Type.Union([Id, Type.Null()])),
  caseId: Type.Optional(Type.Union([Id, Type.Null()])),
};
export const NewRecord = Type.Object(
  { id: Id, values: Type.Record(Type.String({ maxLength: 60 }), Type.Unknown()), ...links },
  { additionalProperties: false },
);
export const RecordChange = Type.Object(
  { version: Type.Integer(), values: Type.Record(Type.String({ maxLength: 60 }), Type.Unknown()), ...links },
  { additionalProperties: false },
);

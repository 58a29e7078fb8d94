import { type Static, Type } from "typebox";
import { Id } from "./ids.ts";
import { MAX_ATTACHMENT_BYTES } from "./limits.ts";

export { MAX_ATTACHMENT_BYTES };

/** A stored file as a message names it. `type` is what the server found by looking inside, not what the sender said. */
export const Attachment = Type.Object({
  id: Id,
  name: Type.String({ minLength: 1, maxLength: 200 }),
  type: Type.String({ maxLength: 100 }),
  size: Type.Integer({ minimum: 0, maximum: MAX_ATTACHMENT_BYTES }),
  image: Type.Optional(Type.Object({ width: Type.Integer(), height: Type.Integer() })),
});
export type Attachment = Static<typeof Attachment>;

/** How far an upload has come: the server has its first `offset` bytes; `attachment` once it has all of them. */
export const UploadProgress = Type.Object({
  id: Id,
  offset: Type.Integer({ minimum: 0, maximum: MAX_ATTACHMENT_BYTES }),
  attachment: Type.Union([Attachment, Type.Null()]),
});
export type UploadProgress = Static<typeof UploadProgress>;

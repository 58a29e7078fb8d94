import { type Static, Type } from "typebox";
import { Id, Time } from "../ids.ts";
import { MAX_ASSET_BYTES } from "../limits.ts";

export { MAX_ASSET_BYTES };

/** What a picture is called: words of its author, a piece of its content's hash, its kind. Another content, another name. */
export const AssetName = Type.String({
  pattern: "^[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{16}\\.(png|jpg|gif|webp)$",
  maxLength: 80,
});

/** A picture for screens and messages of flows, which never changes. It is served under `/assets/<name>`. */
export const Asset = Type.Object({
  name: AssetName,
  type: Type.String(),
  size: Type.Integer({ minimum: 1, maximum: MAX_ASSET_BYTES }),
  image: Type.Union([Type.Object({ width: Type.Integer(), height: Type.Integer() }), Type.Null()]),
  createdBy: Type.Union([Id, Type.Null()]),
  createdAt: Time,
});
export type Asset = Static<typeof Asset>;

/** `name` as the author's file has it; `content` in base64. What it is, is found by looking inside. */
export const NewAsset = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    content: Type.String({
      minLength: 1,
      maxLength: 2 * MAX_ASSET_BYTES,
      pattern: "^[A-Za-z0-9+/]*={0,2}$",
    }),
  },
  { additionalProperties: false },
);
export type NewAsset = Static<typeof NewAsset>;

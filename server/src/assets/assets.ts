import { createHash } from "node:crypto";
import { type Asset, MAX_ASSET_BYTES, type NewAsset } from "@clew/contract/flows/assets";
import { HEAD_BYTES, kindOf, PREVIEWED } from "../attachments/file-kind.ts";
import { imageSize } from "../attachments/image-size.ts";
import { type ConfigurationContext, changeConfiguration } from "../configuration/change.ts";
import type { Handlers } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { flowsNaming, insertAsset, listAssets, readAsset, removeAsset, toAsset } from "./store.ts";

const ENDINGS: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
  "image/webp": "webp",
};
/** Of the author's words so many signs stand in the name. */
const LONGEST_WORDS = 40;

/** Pictures that authors of flows put on screens: under a name that says which content it is, so that none ever changes. */
export function createAssets(context: ConfigurationContext) {
  const { database } = context;
  const handlers: Handlers = {
    listAssets: async () => ({ items: await listAssets(database.query) }),

    async createAsset({ body, caller }): Promise<Asset> {
      const { name: sent, content } = body as NewAsset;
      const bytes = Buffer.from(content, "base64");
      if (bytes.length > MAX_ASSET_BYTES)
        throw new Refused("too-large", { field: "/content", detail: "A picture may hold 512 kB." });
      const head = bytes.subarray(0, HEAD_BYTES);
      const type = await kindOf(head);
      if (type === null || !PREVIEWED.has(type))
        throw new Refused("type-refused", { field: "/content", detail: "Only PNG, JPEG, GIF and WebP are taken." });
      const name = nameOf(sent, bytes, type);
      return changeConfiguration(context, caller, async ({ query, now, record }) => {
        const known = await readAsset(query, name);
        if (known) return toAsset(known);
        const { width = null, height = null } = imageSize(type, head) ?? {};
        const by = caller.who === "staff" ? caller.agentId : null;
        const about = { name, type, size: bytes.length, width, height, created_by: by, created_at: now };
        await insertAsset(query, { ...about, content: bytes.toString("base64") });
        await record({ action: "create", noun: "asset", id: name });
        return toAsset(about);
      });
    },

    async deleteAsset({ params, caller }) {
      const name = params.name ?? "";
      await changeConfiguration(context, caller, async ({ query, record }) => {
        if (!(await readAsset(query, name))) throw new Refused("not-found");
        const used = await flowsNaming(query, name);
        if (used.length > 0) throw new Refused("conflict", { detail: `used by ${used.join(", ")}` });
        await removeAsset(query, name);
        await record({ action: "delete", noun: "asset", id: name });
      });
      return null;
    },
  };
  return {
    handlers,
    /** What is served under a name; null: there is nothing. */
    async open(name: string): Promise<{ type: string; content: Uint8Array } | null> {
      const row = await readAsset(database.query, name);
      return row ? { type: row.type, content: Buffer.from(row.content, "base64") } : null;
    },
  };
}
export type Assets = ReturnType<typeof createAssets>;

/** "Our Plan (2).PNG" → "our-plan-2-0123456789abcdef.png". */
function nameOf(sent: string, bytes: Uint8Array, type: string): string {
  const words = sent
    .replace(/\.[^.]*$/, "")
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST_WORDS)
    .replaceAll(/^-+|-+$/g, "");
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  return `${words || "picture"}-${hash}.${ENDINGS[type]}`;
}

import type { Attachment } from "@clew/contract/attachments";

/**
 * A file as it is kept until its message is sent; `attachment` once the server has it. `purpose`: it belongs to something
 * else than the next message.
 */
export type KeptUpload = {
  id: string;
  conversationId: string;
  name: string;
  type: string;
  file: Blob;
  purpose?: string;
  attachment?: Attachment;
};

export const uploadKey = (id: string) => `upload/${id}`;

export function isKeptUpload(value: unknown): value is KeptUpload {
  if (!value || typeof value !== "object") return false;
  const { id, conversationId, name, file } = value as KeptUpload;
  return (
    typeof id === "string" && typeof conversationId === "string" && typeof name === "string" && file instanceof Blob
  );
}

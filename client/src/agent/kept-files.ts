import type { ConversationEvent } from "@clew/contract/events";
import type { Storage } from "../continuity/storage.ts";
import { isKeptUpload, type KeptUpload, uploadKey } from "../outgoing/kept-upload.ts";
import { createUploads, type Uploads, type UploadsInput } from "../outgoing/uploads.ts";
import type { Upload } from "../state.ts";

type Input = Omit<UploadsInput, "storage"> & {
  conversationId: string;
  /** Where this agent's drafts are kept; null while nobody is signed in. */
  storage(): Storage | null;
  newId(): string;
};

type KeptFiles = Uploads & {
  choose(file: File): Promise<Upload>;
  /** What stands in the log was sent, whoever heard of it. */
  taken(events: readonly ConversationEvent[]): void;
  leave(): void;
};

/**
 * The files that an agent has chosen for a conversation. They are kept as drafts are: they outlive the window and a look
 * at another conversation, and go when their message is sent. Of several tabs with the conversation open, one goes on with
 * what a closed one has left.
 */
export function keptFiles(input: Input): KeptFiles {
  const { conversationId, ports, newId } = input;
  const write: Storage["write"] = async (changes) => input.storage()?.write(changes);
  const uploads = createUploads({ ...input, storage: { write } });
  let left = false;
  let release = () => {};

  async function takeUp(): Promise<void> {
    const kept = (await input.storage()?.read(uploadKey(""))) ?? [];
    for (const [, one] of left ? [] : kept)
      if (isKeptUpload(one) && one.conversationId === conversationId) void uploads.add(one);
  }
  const lock = ports.locks?.request(`clew-desk-files:${input.http.base}:${conversationId}`, (giveBack) => {
    release = giveBack;
    if (left) giveBack();
    else void takeUp();
  });
  if (!lock) void takeUp();

  return {
    ...uploads,
    async choose(file) {
      const kept: KeptUpload = { id: newId(), conversationId, name: file.name, type: file.type, file };
      await write({ put: { [uploadKey(kept.id)]: kept } });
      return uploads.add(kept);
    },
    taken(events) {
      if (uploads.list().length === 0) return;
      const sent = events.flatMap((event) => ("attachments" in event ? event.attachments.map(({ id }) => id) : []));
      for (const { id } of uploads.list()) if (sent.includes(id)) uploads.remove(id);
    },
    leave() {
      left = true;
      uploads.clear();
      lock?.cancel();
      release();
    },
  };
}

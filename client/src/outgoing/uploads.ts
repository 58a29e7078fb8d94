import type { Attachment } from "@clew/contract/attachments";
import { MAX_ATTACHMENT_BYTES } from "@clew/contract/limits";
import type { Storage } from "../continuity/storage.ts";
import { type Http, problemOf } from "../http.ts";
import type { Ports } from "../ports.ts";
import { ownProblem } from "../results.ts";
import type { Upload } from "../state.ts";

/** A file as it is kept until its message is sent; `attachment` once the server has it. */
export type KeptUpload = {
  id: string;
  conversationId: string;
  name: string;
  type: string;
  file: Blob;
  attachment?: Attachment;
};

export const uploadKey = (id: string) => `upload/${id}`;

/** Tries of an upload that the network cut, before a person is asked. */
const TRIES = 4;
const RETRY_MS = 2_000;

export function isKeptUpload(value: unknown): value is KeptUpload {
  if (!value || typeof value !== "object") return false;
  const { id, conversationId, name, file } = value as KeptUpload;
  return (
    typeof id === "string" && typeof conversationId === "string" && typeof name === "string" && file instanceof Blob
  );
}

export type Uploads = {
  list(): readonly Upload[];
  /** Takes a file that is already in storage; resolves with its end. */
  add(kept: KeptUpload): Promise<Upload>;
  retry(id: string): void;
  remove(id: string): void;
  attachment(id: string): Attachment | undefined;
  clear(): void;
};

/** Files on their way, under ids of our own: the same file sent again after a cut or a reload is stored once. */
export function createUploads(input: {
  ports: Ports;
  http: Http;
  storage: Storage;
  withCookies: boolean;
  /** Headers that say who we are, from a token that is good now. */
  headers(): Promise<Record<string, string>>;
  changed(list: readonly Upload[]): void;
}): Uploads {
  const { ports, http, storage } = input;
  let list: readonly Upload[] = [];
  const kept = new Map<string, KeptUpload>();
  const aborts = new Map<string, () => void>();
  const waiters = new Map<string, (upload: Upload) => void>();

  const find = (id: string) => list.find((upload) => upload.id === id);
  function change(next: readonly Upload[]): void {
    list = next;
    input.changed(list);
  }
  function set(upload: Upload): void {
    if (!find(upload.id)) return;
    change(list.map((one) => (one.id === upload.id ? upload : one)));
    if (upload.state === "uploading") return;
    waiters.get(upload.id)?.(upload);
    waiters.delete(upload.id);
  }

  async function send(one: KeptUpload, tried = 0): Promise<void> {
    const base = describe(one);
    set({ ...base, state: "uploading", sent: 0 });
    if (one.file.size > MAX_ATTACHMENT_BYTES) {
      set({ ...base, state: "failed", problem: ownProblem("too-large", 413, "The file is larger than 20 MB") });
      return;
    }
    const form = new FormData();
    form.append("id", one.id);
    form.append("file", one.file, one.name);
    const headers = await input.headers();
    if (!find(one.id)) return;
    const { status, body } = await ports.sendFile({
      url: http.url("/conversations/:id/attachments", { id: one.conversationId }),
      headers,
      withCookies: input.withCookies,
      form,
      progress: (sent) => set({ ...base, state: "uploading", sent: Math.min(sent, one.file.size) }),
      onAbort: (abort) => aborts.set(one.id, abort),
    });
    aborts.delete(one.id);
    if (!find(one.id)) return;
    if (status >= 200 && status < 300) {
      const attachment = body as Attachment;
      kept.set(one.id, { ...one, attachment });
      await storage.write({ put: { [uploadKey(one.id)]: { ...one, attachment } } });
      set({ ...base, state: "stored", sent: one.file.size, attachment });
      return;
    }
    const problem = problemOf(body, status);
    if (problem.retry === "no" || tried + 1 >= TRIES) set({ ...base, state: "failed", problem });
    else ports.clock.after((problem.retryAfter ?? 0) * 1000 || RETRY_MS * 2 ** tried, () => void send(one, tried + 1));
  }

  return {
    list: () => list,
    add(one) {
      kept.set(one.id, one);
      if (!find(one.id)) {
        const base = describe(one);
        const first: Upload = one.attachment
          ? { ...base, state: "stored", sent: base.size, attachment: one.attachment }
          : { ...base, state: "uploading" };
        change([...list, first]);
        if (first.state === "stored") return Promise.resolve(first);
        void send(one);
      }
      return new Promise((resolve) => waiters.set(one.id, resolve));
    },
    retry(id) {
      const one = kept.get(id);
      if (one && find(id)?.state === "failed") void send(one);
    },
    remove(id) {
      kept.delete(id);
      void storage.write({ remove: [uploadKey(id)] });
      change(list.filter((upload) => upload.id !== id));
      aborts.get(id)?.();
    },
    attachment: (id) => kept.get(id)?.attachment,
    clear() {
      change([]);
      kept.clear();
      for (const abort of aborts.values()) abort();
    },
  };
}

function describe({ id, conversationId, name, type, file }: KeptUpload) {
  return { id, conversationId, name, type, size: file.size, sent: 0 };
}

import type { Attachment } from "@clew/contract/attachments";
import { MAX_ATTACHMENT_BYTES } from "@clew/contract/limits";
import type { Problem } from "@clew/contract/problems";
import type { Storage } from "../continuity/storage.ts";
import type { Http } from "../http.ts";
import type { Ports } from "../ports.ts";
import { failed, ownProblem, type Result } from "../results.ts";
import type { Upload } from "../state.ts";
import { type KeptUpload, uploadKey } from "./kept-upload.ts";
import { sendFile } from "./send-file.ts";

/** Tries of an upload that came no further, before a person is asked. */
const TRIES = 4;
const RETRY_MS = 2_000;

export type Uploads = {
  list(): readonly Upload[];
  /** Takes a file that is already in storage; resolves with its end. */
  add(kept: KeptUpload): Promise<Upload>;
  retry(id: string): void;
  /** The server can be reached: what waits for that goes on at once, and what was given up for want of it. */
  opened(): void;
  remove(id: string): void;
  attachment(id: string): Attachment | undefined;
  clear(): void;
};

export type UploadsInput = {
  ports: Ports;
  http: Http;
  storage: Pick<Storage, "write">;
  withCookies: boolean;
  /** Headers that say who we are, from a token that is good now. */
  headers(): Promise<Record<string, string>>;
  changed(list: readonly Upload[]): void;
};

/** Files on their way, under ids of our own: after a cut or a reload each goes on where it was, and is stored once. */
export function createUploads(input: UploadsInput): Uploads {
  const { ports, http, storage } = input;
  let list: readonly Upload[] = [];
  const kept = new Map<string, KeptUpload>();
  const aborts = new Map<string, () => void>();
  /** Uploads that wait before the next try. */
  const pauses = new Map<string, () => void>();
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
    let { sent } = find(one.id) ?? base;
    const before = sent;
    const uploading = (now: number) => {
      sent = now;
      set({ ...base, state: "uploading", sent });
    };
    uploading(sent);
    const result = await sendWhole(one, uploading);
    aborts.delete(one.id);
    if (!find(one.id)) return;
    if (result.ok) {
      const attachment = result.value;
      kept.set(one.id, { ...one, attachment });
      await storage.write({ put: { [uploadKey(one.id)]: { ...one, attachment } } });
      set({ ...base, state: "stored", sent: base.size, attachment });
      return;
    }
    const problem = withAccess(result.problem);
    // What came further is worth another try.
    const tries = sent > before ? 1 : tried + 1;
    if (isFinal(problem) || tries >= TRIES) set({ ...base, state: "failed", sent, problem });
    else again(one, (problem.retryAfter ?? 0) * 1000 || RETRY_MS * 2 ** (tries - 1), tries);
  }

  function stop(id: string): void {
    pauses.get(id)?.();
    pauses.delete(id);
    aborts.get(id)?.();
  }

  async function giveUp(conversationId: string, id: string): Promise<void> {
    const params = { id: conversationId, uploadId: id };
    const headers = await input.headers();
    await http.json({ endpoint: "DELETE /conversations/:id/uploads/:uploadId", params, headers });
  }

  function again(one: KeptUpload, ms: number, tries: number): void {
    pauses.get(one.id)?.();
    const cancel = ports.clock.after(ms, () => {
      pauses.delete(one.id);
      void send(one, tries);
    });
    pauses.set(one.id, cancel);
  }

  function sendWhole(one: KeptUpload, progress: (sent: number) => void): Promise<Result<Attachment>> {
    if (one.file.size > MAX_ATTACHMENT_BYTES)
      return Promise.resolve(failed(ownProblem("too-large", 413, "The file is larger than 20 MB")));
    return sendFile(one, {
      ...input,
      progress,
      wanted: () => find(one.id) !== undefined,
      onAbort: (abort) => aborts.set(one.id, abort),
    });
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
    opened() {
      for (const upload of list) {
        const one = kept.get(upload.id);
        const waits = pauses.has(upload.id) || (upload.state === "failed" && !isFinal(upload.problem));
        if (one && waits) again(one, 0, 0);
      }
    },
    remove(id) {
      const upload = find(id);
      const { conversationId = "" } = kept.get(id) ?? {};
      kept.delete(id);
      void storage.write({ remove: [uploadKey(id)] });
      change(list.filter((one) => one !== upload));
      stop(id);
      // What the server has of it goes too; where it cannot be told now, it goes after a day.
      if (upload && upload.state !== "stored") void giveUp(conversationId, id);
    },
    attachment: (id) => kept.get(id)?.attachment,
    clear() {
      const ids = list.map(({ id }) => id);
      change([]);
      kept.clear();
      ids.forEach(stop);
    },
  };
}

function describe({ id, conversationId, name, type, file, purpose }: KeptUpload) {
  return { id, conversationId, name, type, size: file.size, sent: 0, ...(purpose && { purpose }) };
}

/** Without a token, as when it cannot be renewed, or without a network, a file waits until there is one again. */
function withAccess(problem: Problem): Problem {
  return problem.code === "unauthenticated" ? { ...problem, retry: "later" } : problem;
}

/** A conflict asks where to go on. */
function isFinal({ retry, code }: Problem): boolean {
  return retry === "no" && code !== "conflict";
}

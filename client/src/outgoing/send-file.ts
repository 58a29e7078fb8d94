import type { Attachment, UploadProgress } from "@clew/contract/attachments";
import { MAX_PART_BYTES } from "@clew/contract/limits";
import { type Http, problemOf } from "../http.ts";
import type { Ports, SendFile } from "../ports.ts";
import { failed, type Result } from "../results.ts";
import type { KeptUpload } from "./kept-upload.ts";

type Sending = {
  ports: Ports;
  http: Http;
  withCookies: boolean;
  headers(): Promise<Record<string, string>>;
  /** How many bytes the server has, as far as we know. */
  progress(sent: number): void;
  onAbort(abort: () => void): void;
  /** False once the person took the file back. */
  wanted(): boolean;
};

/** A part of which nothing moves for so long is cut, in milliseconds. */
const STILL_MS = 30_000;

/**
 * Sends a file on from what the server has of it, part by part, and resolves with its attachment or with why it stopped.
 * Where to go on is asked of the server each time: it alone knows what of a cut part has arrived, whoever sent it.
 */
export async function sendFile(kept: KeptUpload, sending: Sending): Promise<Result<Attachment>> {
  const { ports, http, headers } = sending;
  const { id, conversationId, file, name } = kept;
  const sha256 = await ports.sha256?.(file);
  const asked = await http.json<UploadProgress>({
    endpoint: "GET /conversations/:id/uploads/:uploadId",
    params: { id: conversationId, uploadId: id },
    headers: await headers(),
  });
  if (!asked.ok) return asked;
  let { offset, attachment } = asked.value;
  while (!attachment && sending.wanted()) {
    sending.progress(offset);
    const form = new FormData();
    for (const [field, value] of Object.entries({ id, size: file.size, offset, ...(sha256 && { sha256 }) }))
      form.append(field, String(value));
    form.append("file", file.slice(offset, offset + MAX_PART_BYTES), name);
    const { status, body } = await watched(ports, {
      url: http.url("/conversations/:id/uploads", { id: conversationId }),
      headers: await headers(),
      withCookies: sending.withCookies,
      form,
      progress: (sent) => sending.progress(Math.min(offset + sent, file.size)),
      onAbort: sending.onAbort,
    });
    if (status < 200 || status > 299) return failed(problemOf(body, status));
    ({ offset, attachment } = body as UploadProgress);
  }
  return attachment ? { ok: true, value: attachment } : failed(problemOf(null, 0));
}

/** Sends, and gives up when nothing moves any more: a dead connection says nothing, and the next one goes on. */
async function watched({ sendFile, clock }: Ports, request: Parameters<SendFile>[0]): ReturnType<SendFile> {
  let abort = () => {};
  let rest = clock.after(STILL_MS, () => abort());
  const answer = await sendFile({
    ...request,
    progress(sent) {
      rest();
      rest = clock.after(STILL_MS, () => abort());
      request.progress(sent);
    },
    onAbort(how) {
      abort = how;
      request.onAbort(how);
    },
  });
  rest();
  return answer;
}

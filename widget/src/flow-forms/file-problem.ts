import type { FormUpload } from "./live-form.ts";
import type { FormWords } from "./words.ts";

/** Why a file did not arrive; "" for one that may yet. */
export function fileProblem(upload: FormUpload | undefined, { problems }: FormWords): string {
  if (upload?.state !== "failed") return "";
  if (upload.problem === "type-refused") return problems["file-type"];
  return upload.problem === "too-large" ? problems["file-size"].replace("#", "20 MB") : problems.file;
}

/** Whether a file is still to be waited for: it is under way, or goes on as soon as there is a connection. */
export function isComing(upload: FormUpload, connection: "ready" | "offline"): boolean {
  return upload.state !== "failed" || (upload.again && connection === "offline");
}

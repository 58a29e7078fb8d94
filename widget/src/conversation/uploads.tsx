import type { Upload } from "@clew/client";
import { fileSize } from "../strings/times.ts";
import { Icon } from "./icons.tsx";
import { useChatWindow } from "./window-state.ts";

/** Files on their way into the next message. */
export function Uploads({ uploads }: { uploads: readonly Upload[] }) {
  if (uploads.length === 0) return null;
  return (
    <ul class="uploads">
      {uploads.map((upload) => (
        <UploadView key={upload.id} upload={upload} />
      ))}
    </ul>
  );
}

function UploadView({ upload }: { upload: Upload }) {
  const { say, chat, speech } = useChatWindow();
  const { id, name, size, sent, state } = upload;
  const share = size > 0 ? Math.min(1, sent / size) : 1;
  const percent = new Intl.NumberFormat(speech.value.language, { style: "percent" }).format(share);
  return (
    <li class={`upload ${state}`}>
      <Icon name={state === "failed" ? "warn" : "file"} />
      <span class="file-name">
        <bdi>{name}</bdi>
        {state === "uploading" && (
          <>
            <small>{say("uploading", { percent })}</small>
            <progress value={share} max={1} aria-label={name} />
          </>
        )}
        {state === "stored" && <small>{fileSize(size, speech.value)}</small>}
        {state === "failed" && (
          <small class="fault">
            {upload.problem.code === "type-refused" ? say("fileRefused", { name }) : say("uploadFailed")}{" "}
            {upload.problem.retry !== "no" && (
              <button type="button" class="link" onClick={() => chat.retryUpload(id)}>
                {say("retry")}
              </button>
            )}
          </small>
        )}
      </span>
      <button
        type="button"
        class="tool small"
        aria-label={say(state === "uploading" ? "cancelUpload" : "removeFile", { name })}
        onClick={() => chat.removeUpload(id)}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

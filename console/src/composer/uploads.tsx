import type { OpenConversation, OpenConversationState } from "@clew/client/agent";
import { ActionIcon, Anchor, Progress } from "@mantine/core";
import { IconFile, IconX } from "@tabler/icons-react";
import { bytes } from "../conversation/bytes.ts";
import { problemText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import classes from "./composer.module.css";

/** The files of the message being written, each with how far it is. */
export function Uploads({ handle, uploads }: { handle: OpenConversation; uploads: OpenConversationState["uploads"] }) {
  if (uploads.length === 0) return null;
  return (
    <ul className={classes.uploads}>
      {uploads.map((upload) => (
        <li key={upload.id} data-state={upload.state}>
          <IconFile size={16} stroke={1.5} aria-hidden="true" />
          <span className={classes.uploadName}>
            <bdi>{upload.name}</bdi>
            {upload.state === "failed" ? (
              <small role="alert">
                {problemText(upload.problem)}{" "}
                <Anchor component="button" type="button" size="xs" onClick={() => handle.retryUpload(upload.id)}>
                  {t("message.retry")}
                </Anchor>
              </small>
            ) : (
              <small>
                {upload.state === "uploading" ? `${bytes(upload.sent)} / ${bytes(upload.size)}` : bytes(upload.size)}
              </small>
            )}
            {upload.state === "uploading" && (
              <Progress
                value={(upload.sent / Math.max(1, upload.size)) * 100}
                size={3}
                aria-label={t("upload.progress", { name: upload.name })}
              />
            )}
          </span>
          <ActionIcon
            size="sm"
            aria-label={t("upload.remove", { name: upload.name })}
            onClick={() => handle.removeUpload(upload.id)}
          >
            <IconX size={14} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

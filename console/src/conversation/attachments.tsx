import type { Attachment } from "@clew/contract/attachments";
import { IconDownload, IconFile } from "@tabler/icons-react";
import { useDesk } from "../desk.tsx";
import { t } from "../strings/strings.ts";
import { bytes } from "./bytes.ts";
import classes from "./log.module.css";

/** Files of a message: pictures as previews, everything else by name; both are downloads. */
export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  const desk = useDesk();
  return (
    <ul className={classes.files}>
      {attachments.map((file) => (
        <li key={file.id}>
          <a
            href={desk.attachmentUrl(file.id)}
            download={file.name}
            className={classes.file}
            title={t("file.download", { name: file.name })}
          >
            {file.image ? (
              <img
                src={desk.attachmentUrl(file.id, { preview: true })}
                alt={file.name}
                loading="lazy"
                style={{ aspectRatio: `${file.image.width} / ${file.image.height}` }}
              />
            ) : (
              <>
                <IconFile size={20} stroke={1.5} aria-hidden="true" />
                <span className={classes.fileName}>
                  <bdi>{file.name}</bdi>
                  <small>{bytes(file.size)}</small>
                </span>
                <IconDownload size={15} aria-hidden="true" />
              </>
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}

import type { Attachment } from "@clew/contract/attachments";
import { Icon } from "../conversation/icons.tsx";
import { useChatWindow } from "../conversation/window-state.ts";
import { fileSize } from "../strings/times.ts";

/** A picture is shown, any other file is a card. Both lead to the stored file, which always comes as a download. */
export function AttachmentView({ attachment }: { attachment: Attachment }) {
  const { chat, say, speech } = useChatWindow();
  const { id, name, size, image } = attachment;
  // An address is good as long as the token in it; the row may have been drawn before the newest one came.
  const renew = ({ currentTarget }: { currentTarget: HTMLAnchorElement }) => {
    currentTarget.href = chat.attachmentUrl(id);
  };
  if (image) {
    return (
      <a
        class="picture"
        href={chat.attachmentUrl(id)}
        onClick={renew}
        onContextMenu={renew}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={say("openImage", { name })}
      >
        <img
          src={chat.attachmentUrl(id, { preview: true })}
          alt={name}
          width={image.width}
          height={image.height}
          loading="lazy"
          decoding="async"
        />
      </a>
    );
  }
  return (
    <a
      class="file"
      href={chat.attachmentUrl(id)}
      onClick={renew}
      onContextMenu={renew}
      download={name}
      rel="noopener noreferrer"
    >
      <Icon name="file" />
      <span class="file-name">
        <bdi>{name}</bdi>
        <small>{fileSize(size, speech.value)}</small>
      </span>
      <Icon name="download" />
    </a>
  );
}

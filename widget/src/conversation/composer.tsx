import { MAX_MESSAGE_LENGTH } from "@clew/contract/limits";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { AskAgainFor } from "../pre-chat/ask-again-for.ts";
import { askedBefore } from "../pre-chat/ask-policy.ts";
import type { Box } from "./box.ts";
import { useFirstFocus } from "./focus.ts";
import { Icon } from "./icons.tsx";
import { EmojiPicker, NextMessage, Uploads, withExtras } from "./parts.ts";
import { bootOf, ownUploads, useChatWindow } from "./window-state.ts";

/** Where the customer writes. The draft belongs to the chat: it outlives reloads and is the same in all tabs. */
export function Composer({ asking, takesFiles }: { asking: Box<AskAgainFor | null>; takesFiles: boolean }) {
  const chatWindow = useChatWindow();
  const { say, chat, draft, popover, conversation, timeline, lapsed } = chatWindow;
  const held = lapsed.value;
  const boot = bootOf(chatWindow);
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const text = draft.value;
  const uploads = ownUploads(chatWindow);
  const stored = uploads.filter((upload) => upload.state === "stored");
  const uploading = uploads.some((upload) => upload.state === "uploading");
  const sendable = !held && !uploading && (text.trim() !== "" || stored.length > 0);
  const frame = useRef<HTMLFormElement>(null);
  useGrowing(area, text);
  useFirstFocus(frame, "textarea");

  const write = (value: string) => {
    chat.setDraft(value);
    chat.typing(value !== "", boot?.livePreview ? value.slice(0, 4000) : undefined);
  };
  const send = () => {
    if (!sendable) return;
    const message = { text: text.trim(), attachments: stored.map((upload) => upload.id) };
    const keys = boot && askedBefore(boot.preChat, conversation.value, timeline.value, chat.serverNow());
    popover.value = null;
    if (keys) asking.value = { ...message, keys };
    else void deliver(message);
    area.current?.focus();
  };
  const deliver = async (message: { text: string; attachments: string[] }) => {
    chat.setDraft("");
    chat.typing(false);
    if (!conversation.peek()) return void chat.start({ answers: [], message: message.text });
    const result = await chat.send(message.text, { attachments: message.attachments });
    // The server knows more than this device: it may ask for answers that were told elsewhere or long ago.
    if (!result.ok && result.problem.code === "prechat-required") {
      const refused = timeline.peek().findLast((item) => item.kind === "message" && item.delivery?.state === "failed");
      if (refused) chat.discard(refused.key);
      asking.value = { ...message, keys: Object.keys(result.problem.fields ?? {}) };
    }
  };
  const add = (files: File[]) => void withExtras((part) => part.addFiles(chatWindow, files));
  const insert = (emoji: string) => {
    const at = area.current?.selectionStart ?? text.length;
    write(text.slice(0, at) + emoji + text.slice(area.current?.selectionEnd ?? at));
  };
  return (
    <form
      class="composer"
      ref={frame}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <NextMessage />
      {uploads.length > 0 && <Uploads uploads={uploads} />}
      <div class="write">
        <textarea
          ref={area}
          rows={1}
          dir="auto"
          aria-label={say("message")}
          placeholder={say("writeMessage")}
          maxLength={MAX_MESSAGE_LENGTH}
          value={text}
          readOnly={held}
          enterkeyhint="send"
          onInput={(event) => write(event.currentTarget.value)}
          onBlur={() => chat.typing(false)}
          onPaste={(event) => {
            const files = [...(event.clipboardData?.files ?? [])];
            if (!takesFiles || files.length === 0) return;
            event.preventDefault();
            add(files);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <div class="write-tools">
          <button
            type="button"
            class="tool"
            aria-label={say("emoji")}
            aria-expanded={popover.value === "emoji"}
            data-opens="emoji"
            disabled={held}
            onClick={() => {
              popover.value = popover.value === "emoji" ? null : "emoji";
            }}
          >
            <Icon name="smile" />
          </button>
          {takesFiles && (
            <button type="button" class="tool" aria-label={say("attach")} onClick={() => picker.current?.click()}>
              <Icon name="attach" />
            </button>
          )}
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            tabIndex={-1}
            aria-label={say("attach")}
            onChange={(event) => {
              add([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = "";
            }}
          />
          {boot?.livePreview && <span class="preview-note">{say("livePreview")}</span>}
          <button type="submit" class="send" aria-label={say("send")} disabled={!sendable}>
            <Icon name="send" />
          </button>
        </div>
      </div>
      {popover.value === "emoji" && !held && <EmojiPicker insert={insert} />}
    </form>
  );
}

/** The field grows with what is written until its largest height, which the style sheet knows. */
function useGrowing(area: { current: HTMLTextAreaElement | null }, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text is a new height
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);
}

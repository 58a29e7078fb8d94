import type { OpenConversation, OpenConversationState } from "@clew/client/agent";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import { LINK_PLACE, MAX_MESSAGE_LENGTH } from "@clew/contract/limits";
import { ActionIcon, Button, Textarea, Tooltip } from "@mantine/core";
import { IconLink, IconLock, IconPaperclip, IconSend } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { able } from "../conversation/able.ts";
import { customerName } from "../customer/name.ts";
import { useMe, useViewer } from "../desk.tsx";
import { chordOf } from "../keyboard/commands.ts";
import { useCommand } from "../keyboard/keyboard.tsx";
import { t } from "../strings/strings.ts";
import { blockedWhy } from "./blocked.ts";
import classes from "./composer.module.css";
import { EmojiButton } from "./emoji-button.tsx";
import { QuickReplyPicker } from "./quick-reply-picker.tsx";
import { Uploads } from "./uploads.tsx";
import { useFiles } from "./use-files.ts";
import { useQuickReply } from "./use-quick-reply.ts";

type Props = { handle: OpenConversation; state: OpenConversationState; conversation: ConversationSnapshot };

/** Where one writes: to the customer, or a private note in another colour. What is written is kept until it is sent. */
export function Composer({ handle, state, conversation }: Props) {
  const viewer = useViewer();
  const me = useMe();
  const may = able(conversation, viewer);
  const [wanted, setMode] = useState<"reply" | "note">("reply");
  const mode = may.reply ? wanted : "note";
  const text = mode === "note" ? state.noteDraft : state.draft;
  const setText = (next: string) => (mode === "note" ? handle.setNoteDraft(next) : handle.setDraft(next));
  const box = useRef<HTMLTextAreaElement>(null);
  const files = useFiles(handle, state);
  const filling = {
    customerName: customerName(conversation),
    agentName: me.agent.publicName,
    facts: conversation.facts ?? [],
  };
  const quick = useQuickReply({ box, text, setText, filling, queueId: conversation.staff?.queueId ?? null });

  const focus = (next: "reply" | "note") => () => {
    setMode(next);
    requestAnimationFrame(() => box.current?.focus());
  };
  useCommand("reply", may.reply ? focus("reply") : null);
  useCommand("note", focus("note"));

  const stored = files.stored.map(({ attachment }) => attachment.id);
  const ready = !files.busy && (text.trim() !== "" || stored.length > 0) && text.length <= MAX_MESSAGE_LENGTH;
  function send() {
    if (!ready) return;
    // What becomes of it shows in the log itself: sending, sent, or failed with a way to try again.
    void (mode === "note" ? handle.note(text.trim(), stored) : handle.send(text.trim(), stored));
    setText("");
    for (const { id } of files.stored) handle.removeUpload(id);
    files.forgetRefused();
    if (mode === "reply") handle.typing(false);
  }
  function press(event: React.KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing || quick.press(event)) return;
    const chord = chordOf(event.nativeEvent);
    if (chord === "Enter" || chord === "mod+Enter") {
      event.preventDefault();
      send();
    } else if (chord === "Escape") box.current?.blur();
    else if (event.altKey && event.code === "KeyN" && may.reply) {
      event.preventDefault();
      setMode(mode === "note" ? "reply" : "note");
    }
  }
  const why = blockedWhy(conversation, viewer);
  return (
    <section
      className={classes.composer}
      data-mode={mode}
      data-drop={files.over || undefined}
      aria-label={t("composer.label")}
      {...files.dropping}
    >
      {quick.open && <QuickReplyPicker quick={quick} />}
      <div className={classes.modes}>
        <button type="button" aria-pressed={mode === "reply"} disabled={!may.reply} onClick={focus("reply")}>
          {t("composer.reply")}
        </button>
        <button type="button" aria-pressed={mode === "note"} onClick={focus("note")}>
          <IconLock size={12} aria-hidden="true" /> {t("composer.note")}
        </button>
        {why && <span className={classes.why}>{why}</span>}
      </div>
      <Textarea
        ref={box}
        variant="unstyled"
        autosize
        minRows={2}
        maxRows={10}
        dir="auto"
        value={text}
        placeholder={t(mode === "note" ? "composer.notePlaceholder" : "composer.replyPlaceholder")}
        aria-label={t(mode === "note" ? "composer.note" : "composer.reply")}
        error={
          text.length > MAX_MESSAGE_LENGTH ? t("composer.tooLong", { over: text.length - MAX_MESSAGE_LENGTH }) : null
        }
        classNames={{ input: classes.input ?? "" }}
        onChange={(event) => {
          setText(event.currentTarget.value);
          if (mode === "reply") handle.typing(event.currentTarget.value !== "");
        }}
        onSelect={quick.follow}
        onKeyDown={press}
        onBlur={() => mode === "reply" && handle.typing(false)}
        onPaste={files.paste}
        {...quick.aria}
      />
      {mode === "reply" && text.includes(LINK_PLACE) && (
        <p className={classes.linkHint} role="status">
          <IconLink size={12} aria-hidden="true" /> {t("link.hint", { place: LINK_PLACE })}
        </p>
      )}
      <Uploads handle={handle} uploads={files.all} />
      {files.refused.length > 0 && (
        <ul className={classes.refused} role="alert">
          {files.refused.map((sentence, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name; the list is only ever replaced
            <li key={at} dir="auto">
              {sentence}
            </li>
          ))}
        </ul>
      )}
      <div className={classes.foot}>
        <input ref={files.input} type="file" multiple hidden onChange={files.choose} aria-hidden="true" tabIndex={-1} />
        <Tooltip label={t("composer.attach")}>
          <ActionIcon size="lg" aria-label={t("composer.attach")} onClick={() => files.input.current?.click()}>
            <IconPaperclip size={18} />
          </ActionIcon>
        </Tooltip>
        <EmojiButton onChoose={quick.insert} />
        {mode === "reply" && (
          <Tooltip label={t("link.insert")}>
            <ActionIcon size="lg" aria-label={t("link.insert")} onClick={() => quick.insert(LINK_PLACE)}>
              <IconLink size={18} />
            </ActionIcon>
          </Tooltip>
        )}
        <span className={classes.hint}>{t("composer.hint")}</span>
        <Button
          size="xs"
          {...(mode === "note" ? { color: "yellow.9" } : {})}
          disabled={!ready}
          onClick={send}
          rightSection={<IconSend size={14} />}
        >
          {t(mode === "note" ? "composer.addNote" : "composer.send")}
        </Button>
      </div>
    </section>
  );
}

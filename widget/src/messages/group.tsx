import type { MessageItem } from "@clew/client";
import { Icon } from "../conversation/icons.tsx";
import { AttachmentView } from "../conversation/parts.ts";
import { useChatWindow } from "../conversation/window-state.ts";
import { clock } from "../strings/times.ts";
import { Avatar } from "./avatar.tsx";
import { Markdown } from "./markdown-view.tsx";
import type { Row } from "./rows.ts";

type Group = Extract<Row, { kind: "group" }>;

/** Messages of one sender, written one soon after the other. `marked` is the message that carries the delivery mark. */
export function MessageGroup({ group, marked }: { group: Group; marked: string | null }) {
  const { say, speech } = useChatWindow();
  const name = group.name ?? say("team");
  const first = group.messages[0] as MessageItem;
  return (
    <div class={group.mine ? "group mine" : "group"}>
      {!group.mine && <Avatar name={name} />}
      <div class="bubbles">
        <p class={group.mine ? "hidden" : "sender"}>
          {group.mine ? say("you") : name}
          <time dateTime={new Date(first.at).toISOString()}>{clock(first.at, speech.value)}</time>
        </p>
        {group.messages.map((message) => (
          <Message key={message.key} message={message} marked={marked === message.key} />
        ))}
      </div>
    </div>
  );
}

function Message({ message, marked }: { message: MessageItem; marked: boolean }) {
  const state = message.delivery?.state;
  const emojiOnly =
    message.attachments.length === 0 && /^(\p{Extended_Pictographic}[\uFE0F\u200D]?\s*){1,3}$/u.test(message.text);
  return (
    <div class={`message ${state ?? ""}`} data-number={message.number}>
      {message.text && (
        <div class={emojiOnly ? "bubble emoji-only" : "bubble"} dir="auto">
          {emojiOnly ? message.text : <Markdown text={message.text} />}
        </div>
      )}
      {message.attachments.map((attachment) => (
        <AttachmentView key={attachment.id} attachment={attachment} />
      ))}
      {state === "failed" ? <NotSent message={message} /> : marked && <Mark message={message} />}
    </div>
  );
}

/** How far the customer's newest message has come. */
function Mark({ message }: { message: MessageItem }) {
  const { say, speech, connection, lapsed } = useChatWindow();
  const state = message.delivery?.state ?? "sent";
  const connected = connection.value.name === "live" || connection.value.name === "catching-up";
  const waiting = state === "sending" && (lapsed.value || !connected);
  return (
    <p class={`mark ${state}`}>
      <time dateTime={new Date(message.at).toISOString()}>{clock(message.at, speech.value)}</time>
      <span>{say(waiting ? "waitingToSend" : (state as "sending" | "sent" | "delivered" | "read"))}</span>
      <Icon name={state === "sending" ? "clock" : state === "sent" ? "check" : "checks"} />
    </p>
  );
}

function NotSent({ message }: { message: MessageItem }) {
  const { say, chat } = useChatWindow();
  return (
    <p class="mark failed" role="status">
      <Icon name="warn" />
      <span>{say("notSent")}</span>
      <button type="button" class="link" onClick={() => chat.retry(message.key)}>
        {say("retry")}
      </button>
      <button type="button" class="link" onClick={() => chat.discard(message.key)}>
        {say("discard")}
      </button>
    </p>
  );
}

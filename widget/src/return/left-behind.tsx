import type { MessageItem } from "@clew/client";
import type { LeftBehind as Left } from "@clew/contract/reconnect";
import { ChatWindowContext, useChatWindow } from "../conversation/window-state.ts";
import { Log } from "../messages/log.tsx";
import { moment } from "../strings/times.ts";
import { startAnew } from "./start-anew.ts";

const fixed = <Value,>(value: Value) => ({ value, peek: () => value });

/** What a link that has expired still shows: a copy to be read, of a conversation that is not this device's. */
export function LeftBehind({ left }: { left: Left }) {
  const chatWindow = useChatWindow();
  const { say, chat, speech } = chatWindow;
  const time = moment(left.until, chat.serverNow(), speech.value);
  const frozen = {
    ...chatWindow,
    timeline: fixed(left.lines.map(itemOf)),
    conversation: fixed(null),
    typing: fixed(null),
    // There is more, only not here: no greeting, and nothing to load.
    canLoadOlder: fixed(true),
    chat: { ...chat, older: async () => ({ ok: true as const, value: null }) },
  };
  return (
    <>
      <ChatWindowContext.Provider value={frozen}>
        <Log />
      </ChatWindowContext.Provider>
      <div class="after-end">
        <p>{say("readUntil", { time })}</p>
        <div class="after-end-buttons">
          <button type="button" class="primary" onClick={() => startAnew(chatWindow, left)}>
            {say("startNew")}
          </button>
        </div>
      </div>
    </>
  );
}

/** Files are named and not given: they are for those who are let in. */
function itemOf({ at, by, name, text, files }: Left["lines"][number], index: number): MessageItem {
  return {
    // Not a message on its way: it bears no mark of delivery.
    kind: "note",
    key: String(index),
    text: [text, ...files.map((file) => `[${file}]`)].filter(Boolean).join("\n"),
    attachments: [],
    by: { who: by === "customer" ? "customer" : "agent", ...(name === null ? {} : { name }) },
    at,
    mine: by === "customer",
    delivery: null,
    number: null,
    event: null,
  };
}

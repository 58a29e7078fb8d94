import { useEffect } from "preact/hooks";
import { useBox } from "../conversation/box.ts";
import { Icon } from "../conversation/icons.tsx";
import { useChatWindow } from "../conversation/window-state.ts";
import type { StringKey } from "../strings/strings.ts";
import { minutes } from "../strings/times.ts";

/** A hiccup shorter than this is nobody's concern. */
const PATIENCE_MS = 2000;

/** One quiet line below the header: the connection, the identity, storage, or a word about what did not work. */
export function Banner() {
  const { say, notice, identityProblem, lapsed, storage, conversation } = useChatWindow();
  const connection = useConnectionWord();
  const dismissed = useBox(false);
  if (notice.value) {
    return (
      <div class={`banner ${notice.value.tone}`} role={notice.value.tone === "error" ? "alert" : "status"}>
        <p>{notice.value.text}</p>
        <button
          type="button"
          class="tool small"
          aria-label={say("dismiss")}
          onClick={() => {
            notice.value = null;
          }}
        >
          <Icon name="close" />
        </button>
      </div>
    );
  }
  if (identityProblem.value?.reason === "guest") return <Line text={say("failedGuest")} tone="error" />;
  if (identityProblem.value) return <Line text={say("failedIdentity")} tone="error" />;
  // A word of its own stands above: what is written is not kept, it cannot be written.
  if (lapsed.value) return null;
  if (connection) return <Line text={say(connection)} tone="plain" kept />;
  if (storage.value !== "memory" || dismissed.value || !conversation.value) return null;
  return (
    <div class="banner" role="status">
      <p>{say("storageBlocked")}</p>
      <button
        type="button"
        class="tool small"
        aria-label={say("dismiss")}
        onClick={() => {
          dismissed.value = true;
        }}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

export function Line({ text, tone, kept }: { text: string; tone: "plain" | "error"; kept?: boolean }) {
  return (
    <div class={`banner ${tone}`} role="status">
      {tone === "plain" && <span class="spinner" aria-hidden="true" />}
      <p>
        {text} {kept && <Kept />}
      </p>
    </div>
  );
}

/** What the agent sees running for a customer who dropped out, seen by that customer: how long the chat waits. */
function Kept() {
  const { say, speech, keptFor, conversation, connection } = useChatWindow();
  const now = useBox(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 1000);
    return () => clearInterval(timer);
  }, [now]);
  const state = connection.value;
  const left = "since" in state ? state.since + (keptFor.value ?? 0) - now.value : 0;
  if (left <= 0 || !conversation.value?.session || conversation.value.session.end) return null;
  return <span role="timer">{say("timeLeft", { time: minutes(left, speech.value) })}.</span>;
}

/** What to say of the connection; nothing while it works or has only just begun to fail. */
function useConnectionWord(): StringKey | null {
  const { connection, conversation } = useChatWindow();
  const overdue = useBox(false);
  const state = connection.value;
  const since = "since" in state ? state.since : null;
  useEffect(() => {
    overdue.value = false;
    if (since === null) return;
    const timer = setTimeout(
      () => {
        overdue.value = true;
      },
      Math.max(0, PATIENCE_MS - (Date.now() - since)),
    );
    return () => clearTimeout(timer);
  }, [since, overdue]);
  if (state.name === "offline") return "offline";
  if (state.name !== "connecting" || !overdue.value) return null;
  return conversation.value ? "reconnecting" : "connecting";
}

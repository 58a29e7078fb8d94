import { useChatWindow } from "../conversation/window-state.ts";
import { PoppedOut } from "../popout/popped-out.tsx";
import { Card } from "./card.tsx";
import { Choices } from "./choices.tsx";
import { Landing } from "./landing.tsx";
import { unlock } from "./returning.ts";

/** What stands before the conversation: a lock, a reset under way, a link that was followed, or a choice to make. */
export function Return() {
  const { locked, clearing, landing, choices, poppedOut } = useChatWindow();
  if (poppedOut.value) return <PoppedOut />;
  if (locked.value) return <Lock />;
  if (clearing.value) return <Clearing />;
  if (landing.value && landing.value.name !== "reading") return <Landing landing={landing.value} />;
  return <Choices choices={choices.value} />;
}

function Clearing() {
  const { say } = useChatWindow();
  return (
    <div role="status" class="return-status">
      <Card icon="clock" title={say("clearing")} text={say("clearingText")} />
    </div>
  );
}

function Lock() {
  const chatWindow = useChatWindow();
  const { say, chat } = chatWindow;
  return (
    <Card icon="person" title={say("lockTitle")} text={say("lockText")}>
      <button type="button" class="primary" onClick={() => unlock(chatWindow)}>
        {say("comeBack")}
      </button>
      <button
        type="button"
        class="secondary"
        onClick={async () => {
          await chat.signOut();
          unlock(chatWindow);
        }}
      >
        {say("notMe")}
      </button>
    </Card>
  );
}

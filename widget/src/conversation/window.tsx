import { useEffect, useRef } from "preact/hooks";
import { Banner } from "../reconnect/banner.tsx";
import { Loading } from "../reconnect/loading.tsx";
import { FocusKeeper } from "./focus.ts";
import { Header } from "./header.tsx";
import { ClosedHours, EndDialog, Failed, fetchExtras, PreChat } from "./parts.ts";
import { Conversation, fetchRoom } from "./room.ts";
import { screenOf } from "./screen.ts";
import { bootOf, useChatWindow } from "./window-state.ts";

/** The open chat: header, what is going on with the connection, and one screen. */
export function Window() {
  const chatWindow = useChatWindow();
  const { boot, conversation, timeline, starting, dialog, text, say } = chatWindow;
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    const keeper = new FocusKeeper(chatWindow, frame.current as HTMLElement);
    const quiet = setTimeout(() => void fetchRoom().then(fetchExtras), 300);
    return () => {
      clearTimeout(quiet);
      keeper.dispose();
    };
  }, [chatWindow]);
  const screen = screenOf({
    boot: boot.value,
    conversation: conversation.value,
    timeline: timeline.value,
    starting: starting.value,
  });
  const name = text(bootOf(chatWindow)?.look.title) || say("chat");
  return (
    <section ref={frame} class={`window at-${screen}`} role="dialog" aria-label={name} tabIndex={-1}>
      <div class="inner" inert={dialog.value !== null}>
        <Header screen={screen} />
        <Banner />
        {screen === "loading" && <Loading />}
        {screen === "failed" && <Failed />}
        {screen === "closed-hours" && <ClosedHours />}
        {screen === "pre-chat" && <PreChat />}
        {screen === "conversation" && <Conversation />}
      </div>
      {dialog.value === "end" && <EndDialog />}
    </section>
  );
}

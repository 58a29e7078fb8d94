import { useEffect, useRef } from "preact/hooks";
import { Banner, Line } from "../reconnect/banner.tsx";
import { Loading } from "../reconnect/loading.tsx";
import { FocusKeeper } from "./focus.ts";
import { Header } from "./header.tsx";
import { ClosedHours, Elsewhere, EndDialog, Failed, ForgetDialog, fetchExtras, PreChat, Return } from "./parts.ts";
import { Conversation, fetchRoom, LeftBehind } from "./room.ts";
import { screenOf } from "./screen.ts";
import { bootOf, useChatWindow } from "./window-state.ts";

/** The open chat: header, what is going on with the connection, and one screen. */
export function Window() {
  const chatWindow = useChatWindow();
  const { boot, conversation, timeline, starting, dialog, text, say, lapsed } = chatWindow;
  const { locked, clearing, landing, choices, poppedOut } = chatWindow;
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    const keeper = new FocusKeeper(chatWindow, frame.current as HTMLElement);
    const quiet = setTimeout(() => void fetchRoom().then(fetchExtras), 300);
    return () => {
      clearTimeout(quiet);
      keeper.dispose();
    };
  }, [chatWindow]);
  const before = poppedOut.value || locked.value || clearing.value || landing.value || choices.value.length > 0;
  const shown = screenOf({
    boot: boot.value,
    conversation: conversation.value,
    timeline: timeline.value,
    starting: starting.value,
  });
  // A window that is locked or being reset shows nothing else; the others wait until the channel is known.
  const screen = before && shown !== "loading" && shown !== "failed" ? "return" : shown;
  const name = text(bootOf(chatWindow)?.look.title) || say("chat");
  return (
    <section ref={frame} class={`window at-${screen}`} role="dialog" aria-label={name} tabIndex={-1}>
      <div class="inner" inert={dialog.value !== null}>
        <Header screen={screen} />
        {lapsed.value && <Line text={say("lapsed")} tone="plain" />}
        <Banner />
        {screen === "loading" && <Loading />}
        {screen === "failed" && <Failed />}
        {screen === "closed-hours" && <ClosedHours />}
        {screen === "pre-chat" && <PreChat />}
        {screen === "conversation" && <Conversation />}
        {screen === "return" &&
          (landing.value?.name === "reading" ? <LeftBehind left={landing.value.left} /> : <Return />)}
      </div>
      {dialog.value === "end" && <EndDialog />}
      {dialog.value === "elsewhere" && <Elsewhere />}
      {dialog.value === "forget" && <ForgetDialog />}
    </section>
  );
}

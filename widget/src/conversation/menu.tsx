import { useEffect, useRef } from "preact/hooks";
import { mayPopOut, openPopout } from "../popout/open-popout.ts";
import { Icon, type IconName } from "./icons.tsx";
import { saveTranscript } from "./transcript.ts";
import { bootOf, useChatWindow } from "./window-state.ts";

/** What one may do with the chat, below the header's button. */
export function Menu() {
  const chatWindow = useChatWindow();
  const { say, conversation, identity, muted, popover, dialog, host, lapsed, ending } = chatWindow;
  const held = lapsed.value;
  const boot = bootOf(chatWindow);
  const { session, status } = conversation.value ?? {};
  const running = status === "open" && session && session.status !== "ended" && session.status !== "error";
  const mayEnd = boot?.customerMayEnd && running && !ending.value;
  const list = useLeaving();
  const choose = (action: () => void) => () => {
    popover.value = null;
    action();
  };
  return (
    <div class="menu" ref={list}>
      {identity.value?.kind === "verified" && (
        <p class="menu-note">{say("signedInAs", { name: identity.value.name ?? say("you") })}</p>
      )}
      <Choice
        icon={muted.value ? "sound" : "mute"}
        text={say(muted.value ? "soundOn" : "soundOff")}
        choose={choose(() => {
          muted.value = !muted.value;
        })}
      />
      {boot?.transcript && conversation.value && (
        <Choice
          icon="download"
          text={say("transcript")}
          held={held}
          choose={choose(() => void saveTranscript(chatWindow))}
        />
      )}
      {boot?.reconnectLinks && running && (
        <Choice
          icon="devices"
          text={say("elsewhere")}
          held={held}
          choose={choose(() => {
            dialog.value = "elsewhere";
          })}
        />
      )}
      {(host.bringBack || mayPopOut(chatWindow)) && (
        <Choice
          icon="window"
          text={say(host.bringBack ? "popoutHere" : "popout")}
          choose={choose(() => (host.bringBack ?? openPopout)(chatWindow))}
        />
      )}
      {identity.value && (
        <Choice
          icon="person"
          text={say("forget")}
          choose={choose(() => {
            dialog.value = "forget";
          })}
        />
      )}
      {mayEnd && (
        <Choice
          icon="end"
          text={say("endChat")}
          held={held}
          choose={choose(() => {
            dialog.value = "end";
          })}
          danger
        />
      )}
    </div>
  );
}

function Choice({
  icon,
  text,
  choose,
  danger,
  held = false,
}: {
  icon: IconName;
  text: string;
  choose: () => void;
  danger?: boolean;
  held?: boolean;
}) {
  return (
    <button type="button" class={danger ? "choice danger" : "choice"} disabled={held} onClick={choose}>
      <Icon name={icon} />
      {text}
    </button>
  );
}

/** Focus goes into a popover when it opens and back to its button when it closes; a press outside closes it. */
export function useLeaving() {
  const { popover } = useChatWindow();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = element.current?.getRootNode() as ShadowRoot;
    const opener = root.querySelector<HTMLElement>(`[data-opens="${popover.peek()}"]`);
    element.current?.querySelector("button")?.focus();
    const press = (event: Event) => {
      const path = event.composedPath();
      if (element.current && !path.includes(element.current) && !(opener && path.includes(opener)))
        popover.value = null;
    };
    document.addEventListener("pointerdown", press, true);
    return () => {
      document.removeEventListener("pointerdown", press, true);
      if (!root.activeElement || root.activeElement === document.body) opener?.focus();
    };
  }, [popover]);
  return element;
}

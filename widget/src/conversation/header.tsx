import { Avatar } from "../messages/avatar.tsx";
import { moment } from "../strings/times.ts";
import { Icon } from "./icons.tsx";
import { Menu } from "./parts.ts";
import type { Screen } from "./screen.ts";
import { bootOf, useChatWindow } from "./window-state.ts";

/** Whom one talks to: the agent or the bot once there is one, until then the organisation. */
export function Header({ screen }: { screen: Screen }) {
  const { say, text, conversation, chat, boot, popover } = useChatWindow();
  const look = boot.value.name === "ready" ? boot.value.boot.look : null;
  const session = conversation.value?.session ?? null;
  const agent = session && session.status !== "waiting" && session.status !== "new" ? session.agent : null;
  const bot = agent ? null : session?.bot;
  const whom = agent ?? bot;
  const title = text(look?.title) || say("chat");
  const talking = whom && session?.status !== "ended";
  return (
    <div class={talking || screen === "conversation" ? "header" : "header tall"}>
      {whom ? (
        <Avatar name={whom.name} online={Boolean(talking)} />
      ) : look?.logoUrl ? (
        <img class="logo" src={look.logoUrl} alt="" />
      ) : (
        <Avatar name={title} />
      )}
      <div class="who">
        <h1>{whom ? whom.name : title}</h1>
        <Subtitle whom={whom?.name} title={bot ? say("assistant") : title} />
      </div>
      {screen === "conversation" && (
        <button
          type="button"
          class="tool"
          aria-label={say("options")}
          aria-expanded={popover.value === "menu"}
          data-opens="menu"
          onClick={() => {
            popover.value = popover.value === "menu" ? null : "menu";
          }}
        >
          <Icon name="menu" />
        </button>
      )}
      <button type="button" class="tool" aria-label={say("minimise")} onClick={() => chat.setWindowOpen(false)}>
        <Icon name="minimise" />
      </button>
      {popover.value === "menu" && <Menu />}
    </div>
  );
}

function Subtitle({ whom, title }: { whom: string | undefined; title: string }) {
  const chatWindow = useChatWindow();
  const { say, text, conversation, speech } = chatWindow;
  const boot = bootOf(chatWindow);
  const status = conversation.value?.session?.status;
  if (!boot) return null;
  if (whom && status !== "ended") return <p>{title}</p>;
  if (status === "waiting" || status === "new") return <p>{say("waitingTitle")}</p>;
  if (boot.open) return <p>{text(boot.look.subtitle)}</p>;
  return (
    <p>
      {boot.opensAt
        ? say("closedUntil", { time: moment(boot.opensAt, chatWindow.chat.serverNow(), speech.value) })
        : say("closedNow")}
    </p>
  );
}

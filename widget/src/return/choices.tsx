import type { ChatState } from "@clew/client";
import { startOver } from "@clew/client/start-over";
import { useEffect } from "preact/hooks";
import { useBox } from "../conversation/box.ts";
import { bootOf, useChatWindow } from "../conversation/window-state.ts";
import { Avatar } from "../messages/avatar.tsx";
import { clock, day, minutes } from "../strings/times.ts";
import { Card } from "./card.tsx";

type Choice = ChatState["choices"][number];

/** A customer whom the page vouches for, on a device that knows nothing yet: what runs elsewhere, to go on with here. */
export function Choices({ choices }: { choices: readonly Choice[] }) {
  const { say, identity, chat } = useChatWindow();
  const now = useBox(chat.serverNow());
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = chat.serverNow();
    }, 1000);
    return () => clearInterval(timer);
  }, [chat, now]);
  const name = identity.value?.name;
  return (
    <Card
      icon="person"
      title={name ? `${say("choicesTitle")}, ${name}` : say("choicesTitle")}
      text={say("choicesText")}
    >
      <ul class="choices">
        {choices.map((choice) => (
          <li key={choice.id}>
            <Running choice={choice} now={now.value} />
          </li>
        ))}
      </ul>
      <Anew />
    </Card>
  );
}

/** Begins anew: what runs is ended, or put aside for later. Both say what becomes of it. */
function Anew() {
  const chatWindow = useChatWindow();
  const { say, chat, lapsed, notice } = chatWindow;
  const busy = useBox(false);
  const begin = async (mode: "end" | "park") => {
    busy.value = true;
    if (!(await startOver(chat, mode))) notice.value = { text: say("wentWrong"), tone: "error" };
    busy.value = false;
  };
  const ways = [
    ...(bootOf(chatWindow)?.customerMayEnd ? (["end"] as const) : []),
    ...(bootOf(chatWindow)?.kind === "asynchronous" ? (["park"] as const) : []),
  ];
  return (
    <>
      {ways.map((mode) => (
        <div class="anew" key={mode}>
          <button
            type="button"
            class="secondary"
            aria-describedby={`clew-anew-${mode}`}
            disabled={lapsed.value || busy.value}
            onClick={() => void begin(mode)}
          >
            {say(mode === "end" ? "startOver" : "startBeside")}
          </button>
          <small id={`clew-anew-${mode}`}>{say(mode === "end" ? "startOverText" : "startBesideText")}</small>
        </div>
      ))}
    </>
  );
}

function Running({ choice, now }: { choice: Choice; now: number }) {
  const { say, chat, speech } = useChatWindow();
  const { session, glance } = choice;
  const agent = session?.agent;
  const began = session?.startedAt ?? choice.createdAt;
  const until = session?.away?.windowUntil ?? null;
  const over = until !== null && until <= now;
  const parked = session?.parked != null;
  // Stars and ticks of a message's markup say nothing in one line.
  const last = glance?.last?.text.replaceAll(/[*`]+/g, "");
  return (
    <button type="button" class="running" onClick={() => chat.takeUp(choice.id)}>
      {agent && <Avatar name={agent.name} />}
      <span>
        <strong>{agent ? say("chatWith", { name: agent.name }) : say(parked ? "choiceParked" : "waitingTitle")}</strong>
        {glance?.topic && <small class="running-topic">{glance.topic}</small>}
        {last && (
          <small class="running-last" dir="auto">
            {glance?.last?.by === "customer" ? say("saidBy", { name: say("you"), text: last }) : last}
          </small>
        )}
        {parked && agent && <small>{say("choiceParked")}</small>}
        <small role={over ? "status" : undefined}>
          {over
            ? say("choiceOver")
            : until === null
              ? `${day(began, now, speech.value)}, ${clock(began, speech.value)}`
              : say("timeLeft", { time: minutes(until - now, speech.value) })}
        </small>
      </span>
      {!over && <span class="running-go">{say("comeBack")}</span>}
    </button>
  );
}

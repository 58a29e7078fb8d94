import type { ChatState } from "@clew/client";
import { useChatWindow } from "../conversation/window-state.ts";
import { Avatar } from "../messages/avatar.tsx";
import { clock, day, minutes } from "../strings/times.ts";
import { Card } from "./card.tsx";

type Choice = ChatState["choices"][number];

/** A customer whom the page vouches for, on a device that knows nothing yet: what runs elsewhere, to go on with here. */
export function Choices({ choices }: { choices: readonly Choice[] }) {
  const { say, identity, chat } = useChatWindow();
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
            <Running choice={choice} />
          </li>
        ))}
      </ul>
      <button type="button" class="secondary" onClick={() => void chat.startOver()}>
        {say("startOver")}
      </button>
    </Card>
  );
}

function Running({ choice }: { choice: Choice }) {
  const { say, chat, speech } = useChatWindow();
  const { session } = choice;
  const agent = session?.agent;
  const began = session?.startedAt ?? choice.createdAt;
  const until = session?.away?.windowUntil ?? null;
  return (
    <button type="button" class="running" onClick={() => chat.takeUp(choice.id)}>
      {agent && <Avatar name={agent.name} image={agent.avatar} online={false} />}
      <span>
        <strong>{agent ? say("chatWith", { name: agent.name }) : say("waitingTitle")}</strong>
        <small>
          {until === null
            ? `${day(began, chat.serverNow(), speech.value)}, ${clock(began, speech.value)}`
            : say("timeLeft", { time: minutes(until - chat.serverNow(), speech.value) })}
        </small>
      </span>
      <span class="running-go">{say("comeBack")}</span>
    </button>
  );
}

import { Icon } from "../conversation/icons.tsx";
import { bootOf, useChatWindow } from "../conversation/window-state.ts";
import { faultOf } from "../forms/check-answer.ts";
import { Form } from "../forms/form.tsx";
import { moment } from "../strings/times.ts";
import { useQuestions } from "./questions.ts";

const NO_FAULTS = {};

/** The questions before the first session, or before a message is left out of hours. */
export function PreChat() {
  const chatWindow = useChatWindow();
  const { say, text, chat, starting } = chatWindow;
  const boot = bootOf(chatWindow);
  const all = boot?.preChat.fields.filter((field) => !field.hidden) ?? [];
  const questions = useQuestions(all);
  const problem = starting.value?.name === "failed" ? starting.value.problem : null;
  const sending = starting.value?.name === "sending";
  const refused = problem?.fields
    ? Object.fromEntries(Object.entries(problem.fields).map(([key, reason]) => [key, faultOf(reason)]))
    : NO_FAULTS;
  const intro = text(boot?.preChat.intro) || text(boot?.look.greeting) || say("welcomeText");
  return (
    <div class="scroll pre-chat">
      <div class="intro">
        <h2>{text(boot?.preChat.title) || say("welcome")}</h2>
        <p>{intro}</p>
      </div>
      {boot && !boot.open && <ClosedNote opensAt={boot.opensAt} />}
      <Form
        fields={questions.fields}
        values={questions.values}
        isFixed={questions.isFixed}
        change={questions.change}
        refused={refused}
        submit={() => void chat.start({ answers: questions.answers().filter((answer) => answer.how === "typed") })}
      >
        {problem && !problem.fields && (
          <p class="fault" role="alert">
            {say(problem.code === "rate-limited" ? "tooFast" : "wentWrong")}
          </p>
        )}
        <button type="submit" class="primary wide" disabled={sending}>
          {sending
            ? say("starting")
            : say(boot && !boot.open && boot.outOfHours === "leave-message" ? "leaveMessage" : "startChat")}
        </button>
      </Form>
    </div>
  );
}

function ClosedNote({ opensAt }: { opensAt: number | null }) {
  const { say, chat, speech } = useChatWindow();
  return (
    <div class="closed-note">
      <Icon name="clock" />
      <div>
        <p class="closed-title">
          {say("closedNow")}
          {opensAt !== null && ` · ${say("closedUntil", { time: moment(opensAt, chat.serverNow(), speech.value) })}`}
        </p>
        <p>{say("closedText")}</p>
      </div>
    </div>
  );
}

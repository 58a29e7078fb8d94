import type { ProblemCode } from "@clew/contract/problems";
import { Icon } from "../conversation/icons.tsx";
import { bootOf, useChatWindow } from "../conversation/window-state.ts";
import { Form } from "../forms/form.tsx";
import type { StringKey } from "../strings/strings.ts";
import { moment } from "../strings/times.ts";
import { faultsIn, tellPage } from "./faults.ts";
import { useQuestions } from "./questions.ts";

const NO_FAULTS = {};
/** What is said of a start that was refused, where there is more to say than that it went wrong. */
const SAID: Partial<Record<ProblemCode, StringKey>> = { "rate-limited": "tooFast", "out-of-hours": "closedNow" };

/** The questions before the first session, or before a message is left out of hours. */
export function PreChat() {
  const chatWindow = useChatWindow();
  const { say, text, chat, starting } = chatWindow;
  const boot = bootOf(chatWindow);
  const all = boot?.preChat.fields.filter((field) => !field.hidden) ?? [];
  const questions = useQuestions(all);
  const problem = starting.value?.name === "failed" ? starting.value.problem : null;
  const sending = starting.value?.name === "sending";
  const refused = faultsIn(problem, questions);
  const start = async () => {
    const answered = await chat.start({ answers: questions.answers() });
    if (!answered.ok) tellPage(chatWindow, answered.problem, questions);
  };
  const intro = text(boot?.preChat.intro) || text(boot?.look.greeting) || say("welcomeText");
  return (
    <div class="scroll pre-chat">
      <div class="intro">
        <h2>{text(boot?.preChat.title) || say("welcome")}</h2>
        <p>{intro}</p>
      </div>
      {boot && !boot.open && <ClosedNote opensAt={boot.opensAt} takes={boot.outOfHours === "leave-message"} />}
      <Form
        fields={questions.fields}
        values={questions.values}
        isFixed={questions.isFixed}
        change={questions.change}
        refused={refused ?? NO_FAULTS}
        submit={() => void start()}
      >
        {problem && !refused && (
          <p class="fault" role="alert">
            {say(SAID[problem.code] ?? "wentWrong")}
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

function ClosedNote({ opensAt, takes }: { opensAt: number | null; takes: boolean }) {
  const { say, chat, speech } = useChatWindow();
  return (
    <div class="closed-note">
      <Icon name="clock" />
      <div>
        <p class="closed-title">
          {say("closedNow")}
          {opensAt !== null && ` · ${say("closedUntil", { time: moment(opensAt, chat.serverNow(), speech.value) })}`}
        </p>
        {takes && <p>{say("closedText")}</p>}
      </div>
    </div>
  );
}

import type { Box } from "../conversation/box.ts";
import { Icon } from "../conversation/icons.tsx";
import { bootOf, useChatWindow } from "../conversation/window-state.ts";
import { Form } from "../forms/form.tsx";
import type { AskAgainFor } from "./ask-again-for.ts";
import { faultsIn, tellPage } from "./faults.ts";
import { useQuestions } from "./questions.ts";

const NO_FAULTS = {};

/** Questions that the next session needs answered. The message that waits for them is sent together with the answers. */
export function AskAgain({ asking }: { asking: Box<AskAgainFor | null> }) {
  const chatWindow = useChatWindow();
  const { say, text, chat, timeline, notice } = chatWindow;
  const boot = bootOf(chatWindow);
  const waiting = asking.value as AskAgainFor;
  const { text: message, attachments, keys } = waiting;
  const all = boot?.preChat.fields.filter((field) => !field.hidden) ?? [];
  const questions = useQuestions(all.filter((field) => keys === null || keys.includes(field.key)));
  const send = async () => {
    const answers = questions.answers();
    chat.setDraft("");
    // Away at once: the answer may take as long as the connection does, and the message shows that by itself.
    asking.value = null;
    const result = await chat.send(message, { attachments, answers });
    // What was told is no draft any more: the next session asks anew, and not with these answers filled in.
    if (result.ok) return chat.setPreChatDraft({});
    const failed = timeline.peek().findLast((item) => item.kind === "message" && item.delivery?.state === "failed");
    if (failed) chat.discard(failed.key);
    chat.setDraft(message);
    // The server may miss more than was asked here.
    const shown = { ...questions, fields: all };
    tellPage(chatWindow, result.problem, shown);
    const refused = faultsIn(result.problem, shown);
    asking.value = { ...waiting, keys: refused ? Object.keys(refused) : keys, refused: refused ?? NO_FAULTS };
    if (!refused) notice.value = { text: say("wentWrong"), tone: "error" };
  };
  return (
    <div class="ask-again">
      <div class="ask-again-title">
        <h2>{text(boot?.preChat.title) || say("welcome")}</h2>
        <button
          type="button"
          class="tool small"
          aria-label={say("cancel")}
          onClick={() => {
            asking.value = null;
          }}
        >
          <Icon name="close" />
        </button>
      </div>
      <Form
        fields={questions.fields}
        values={questions.values}
        isFixed={questions.isFixed}
        change={questions.change}
        refused={waiting.refused ?? NO_FAULTS}
        submit={() => void send()}
      >
        <button type="submit" class="primary wide">
          {say("send")}
        </button>
      </Form>
    </div>
  );
}

import type { AnswerValue } from "@clew/contract/forms";
import type { Session } from "@clew/contract/sessions";
import { useEffect, useRef } from "preact/hooks";
import { useBox } from "../conversation/box.ts";
import { bootOf, type ChatWindow, useChatWindow } from "../conversation/window-state.ts";
import { answersOf, type Fault, faultOf } from "../forms/check-answer.ts";
import { Form } from "../forms/form.tsx";
import { stillAsked } from "./still-asked.ts";

const NOTHING = {};

/**
 * What the channel asks after the end, below the last words. It takes nothing away: one can write on, or start anew, all
 * the same. What is half filled in is kept with the other drafts, under the session it is about.
 */
export function Survey() {
  const chatWindow = useChatWindow();
  const { say, text, chat, conversation, preChatDraft, surveySent, notice } = chatWindow;
  const card = useRef<HTMLElement>(null);
  const refused = useBox<Readonly<Record<string, Fault>>>(NOTHING);
  const form = bootOf(chatWindow)?.survey;
  const session = conversation.value?.session;
  const open = form !== undefined && session?.survey === "open";
  useSeenFromItsTop(card, open);
  useForgetting(chatWindow, session);
  if (!form || !session) return null;
  if (session.survey === "answered") {
    return (
      <p class="notice" role="status">
        {say("surveyThanks")}
      </p>
    );
  }
  if (!open) return null;

  const own = (key: string) => `${session.id}.${key}`;
  const fields = form.fields.filter((field) => !field.hidden);
  const values = Object.fromEntries(fields.map(({ key }) => [key, preChatDraft.value[own(key)]]));
  const answer = async (asked: ReturnType<typeof answersOf> | null) => {
    // The button that has focus is about to go.
    card.current?.closest<HTMLElement>(".window")?.focus({ preventScroll: true });
    const result = await chat.answerSurvey(session.id, asked);
    if (result.ok || result.problem.code === "form-closed") return;
    const faults = Object.entries(result.problem.fields ?? {}).map(([key, reason]) => [key, faultOf(reason)] as const);
    refused.value = Object.fromEntries(faults);
    if (faults.length === 0) notice.value = { text: say("wentWrong"), tone: "error" };
  };
  return (
    <section class="survey" ref={card} aria-labelledby="clew-survey">
      <h2 id="clew-survey">{text(form.title) || say("surveyTitle")}</h2>
      {form.intro && <p>{text(form.intro)}</p>}
      <Form
        name="survey"
        takesFocus={false}
        fields={fields}
        values={values}
        isFixed={() => false}
        change={(key: string, value: AnswerValue) =>
          chat.setPreChatDraft({ ...preChatDraft.peek(), [own(key)]: value })
        }
        refused={refused.value}
        submit={() => void answer(answersOf(fields, values, () => false))}
      >
        <div class="survey-buttons">
          <button type="button" class="secondary" disabled={surveySent.value} onClick={() => void answer(null)}>
            {say("surveySkip")}
          </button>
          <button type="submit" class="primary" disabled={surveySent.value}>
            {say("send")}
          </button>
        </div>
      </Form>
    </section>
  );
}

/** A survey that is longer than the log is high begins where one reads it, unless one is reading further back. */
function useSeenFromItsTop(card: { current: HTMLElement | null }, open: boolean): void {
  useEffect(() => {
    const log = card.current?.closest(".log");
    if (!open || !log || !card.current || card.current.offsetHeight < log.clientHeight) return;
    if (log.scrollHeight - log.scrollTop - log.clientHeight < 1) card.current.scrollIntoView({ block: "start" });
  }, [card, open]);
}

/**
 * What was filled in for a survey that is over is kept no longer, however it came to its end: here, on another device, or
 * by an answer that was still on its way when the page was left.
 */
function useForgetting({ chat, preChatDraft }: ChatWindow, session: Session | null | undefined): void {
  const { id, survey } = session ?? {};
  useEffect(() => {
    if (id === undefined) return;
    const drafts = preChatDraft.peek();
    const kept = stillAsked(drafts, survey ? { id, survey } : { id });
    if (kept !== drafts) chat.setPreChatDraft(kept);
  }, [chat, preChatDraft, id, survey]);
}

import { chatForm } from "@clew/client/forms";
import type { EventOf } from "@clew/contract/events";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useChatWindow } from "../conversation/window-state.ts";
import { FlowForm } from "./flow-form.tsx";
import { ENGLISH, type FormWords, loadWords } from "./words.ts";

/** So long after its opening a form is news, in milliseconds: it is spoken once. */
const NEWS_MS = 10_000;

/**
 * A form as an entry of the conversation: who opened it, and a button; the form itself once it is wanted; what was sent.
 * It takes no focus and covers nothing by itself. One that is being sent, or could not be, stands open to tell so.
 */
export function FormCard({ opened }: { opened: EventOf<"form.opened"> }) {
  const { chat, conversation, say, speech } = useChatWindow();
  const language = speech.value.language;
  const { id } = opened.form;
  const entry = conversation.value?.forms?.find((form) => form.id === id) ?? opened.form;
  const [wanted, want] = useState<"no" | "shown" | "asked">("no");
  const [words, speak] = useState<FormWords["words"]>(ENGLISH.words);
  const [news, tell] = useState("");
  const card = useRef<HTMLElement>(null);
  const begun = useRef(false);
  useEffect(() => void loadWords(language).then((loaded) => speak(loaded.words)), [language]);

  const sent = chat.state.get().sentForms.findLast(({ formId }) => formId === id);
  const way = sent && (sent.problem ? "refused" : "waits");
  useEffect(() => {
    if (way) want((how) => (how === "no" ? "shown" : how));
  }, [way]);
  const shows = wanted !== "no" || entry.state !== "open";
  // The form is one and the same for as long as it is shown, however its entry changes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it reads its entry's changes by itself
  const form = useMemo(() => (shows ? chatForm(chat, entry) : null), [chat, id, shows]);
  useEffect(() => () => form?.close(), [form]);

  const name = opened.by.name ?? say("team");
  const count = new Intl.NumberFormat(language).format(entry.questions);
  const questions = entry.questions === 1 ? words.questionOne : words.questions.replace("#", count);
  const line = words.opened.replace("@", () => name);
  useEffect(() => {
    if (chat.serverNow() - opened.at < NEWS_MS) tell(`${line}: ${entry.title}, ${questions}`);
  }, [chat, opened.at, line, entry.title, questions]);

  function close(): void {
    want("no");
    const root = card.current?.getRootNode() as ShadowRoot | Document | undefined;
    root?.querySelector<HTMLElement>("textarea")?.focus();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is a short cut; the button does the same
    <section
      class="ff-card"
      ref={card}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || wanted === "no") return;
        event.stopPropagation();
        close();
      }}
    >
      <p class="hidden" role="status">
        {news}
      </p>
      <p class="ff-hint">{line}</p>
      {form ? (
        <>
          <FlowForm
            form={form}
            language={language}
            takeFocus={wanted === "asked"}
            agent={conversation.value?.session?.agent?.name}
          />
          {entry.state === "open" && (
            <button type="button" class="link" onClick={close}>
              {words.hide}
            </button>
          )}
        </>
      ) : (
        <>
          <h2>{entry.title}</h2>
          <p class="ff-hint">{questions}</p>
          <button
            type="button"
            class="primary"
            onClick={() => {
              begun.current = true;
              want("asked");
            }}
          >
            {begun.current ? words.goOn : words.fillIn}
          </button>
        </>
      )}
    </section>
  );
}

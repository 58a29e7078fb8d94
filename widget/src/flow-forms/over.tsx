import type { Shown } from "@clew/domain/flows/screens/present";
import { useCallback } from "preact/hooks";
import { LeftUnsent } from "./left-unsent.tsx";
import type { LiveFormState } from "./live-form.ts";
import type { FormWord } from "./words.ts";

type OverProps = {
  state: LiveFormState;
  shown: Shown;
  say(word: FormWord, name?: string | number): string;
  heading(element: HTMLElement | null): void;
};

/** What became of a form: the receipt of what was sent, or why nothing can be sent any more. */
export function Over({ state: form, shown, say, heading }: OverProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when it is there
  const first = useCallback(heading, []);
  const { state, title, receipt, cancelled, remark } = form.entry;
  const when =
    receipt && new Intl.DateTimeFormat(shown.locale, { dateStyle: "medium", timeStyle: "short" }).format(receipt.at);
  return (
    <div class="ff-page">
      <h2 ref={first} tabIndex={-1}>
        <bdi>{title}</bdi>
      </h2>
      {receipt && when ? (
        <>
          <p class="ff-done">{say("receipt", when)}</p>
          {receipt.late && <p class="ff-hint">{say("late")}</p>}
          <dl>
            {receipt.answers.map(({ field, label, text }) => (
              <div key={field}>
                <dt>{label}</dt>
                <dd>{text === null ? `•••• ${say("kept")}` : <bdi>{text}</bdi>}</dd>
              </div>
            ))}
          </dl>
          <p class="ff-hint">{say("number", receipt.id.slice(-8))}</p>
        </>
      ) : (
        state !== "open" &&
        state !== "submitted" && (
          <>
            <p>{say(cancelled === "sign-in" ? "signedIn" : state)}</p>
            {state === "cancelled" && remark && (
              <p class="ff-remark" dir="auto">
                {remark.text}
              </p>
            )}
            <LeftUnsent state={form} shown={shown} say={say} />
          </>
        )
      )}
    </div>
  );
}

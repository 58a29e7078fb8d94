import type { Shown } from "@clew/domain/flows/screens/present";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { adopt } from "../theme/adopt.ts";
import { announcements } from "./announcements.ts";
import type { LiveForm, LiveFormState } from "./live-form.ts";
import { needsOf } from "./needs.ts";
import { Over } from "./over.tsx";
import { PageView } from "./page-view.tsx";
import { PARTS } from "./parts.ts";
import { useParts } from "./use-parts.ts";
import { ENGLISH, type FormWord, type FormWords, loadWords } from "./words.ts";

export type FlowFormProps = {
  form: LiveForm;
  language: string;
  /** Opened by who reads it: its heading takes focus. Otherwise it takes none that is somewhere else. */
  takeFocus?: boolean;
  /** Who serves, as the customer reads it; until somebody does, the team. */
  agent?: string;
  /** Where pictures of the form come from: the server's address without a slash at its end. */
  server?: string;
};

const CLOCK = {
  now: () => Date.now(),
  after: (milliseconds: number, act: () => void) => {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** A form that is open, or what became of it. */
export function FlowForm({ form, language, takeFocus = false, agent, server = "" }: FlowFormProps) {
  const [state, draw] = useState(() => form.state.get());
  const [words, speak] = useState<FormWords | null>(/^en\b/i.test(language) ? ENGLISH : null);
  const [news, tell] = useState("");
  const before = useRef<LiveFormState>(state);
  const opened = useRef(false);
  useEffect(() => {
    draw(form.state.get());
    return form.state.subscribe(() => draw(form.state.get()));
  }, [form]);
  useEffect(() => {
    let stopped = false;
    void loadWords(language).then((loaded) => stopped || speak(loaded));
    return () => {
      stopped = true;
    };
  }, [language]);
  const say = (word: FormWord, name?: string | number) => {
    const text = (words ?? ENGLISH).words[word];
    const shown = typeof name === "number" ? new Intl.NumberFormat(language).format(name) : name;
    return shown === undefined ? text : text.replace(typeof name === "number" ? "#" : "@", () => shown);
  };
  const name = agent ?? state.people.find(({ who }) => who === "agent")?.name ?? say("team");
  const speech = useRef({ say, name });
  speech.current = { say, name };
  const teller = useMemo(
    () =>
      announcements(CLOCK, ({ suggested, filled, hint }) => {
        const { say, name } = speech.current;
        const parts = [
          suggested === 1
            ? say("announceOne", name)
            : suggested
              ? say("announceMany", suggested).replace("@", () => name)
              : "",
          filled === 1
            ? say("announceFilledOne", name)
            : filled
              ? say("announceFilled", filled).replace("@", () => name)
              : "",
          hint && say("announceHint", name) + hint,
        ];
        tell(parts.filter(Boolean).join(" "));
      }),
    [],
  );
  useEffect(() => teller.stop, [teller]);
  useEffect(() => {
    teller.hear(newsBetween(before.current, state));
    before.current = state;
  }, [state, teller]);
  const node = state.page?.node;
  const components = state.page?.components;
  const needs = useMemo(() => needsOf(components ?? []), [components]);
  const ready = useParts(needs);
  const section = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const root = section.current?.getRootNode();
    for (const name of ready ? needs : []) adopt(root as ShadowRoot, PARTS[name].get()?.css ?? "");
  }, [ready, needs]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page is read at the time at which it is opened
  const shown = useMemo((): Shown => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    return { now: Date.now(), zone: timeZone, locale: language };
  }, [language, node]);

  const open = state.entry.state === "open";
  const heading = (element: HTMLElement | null) => {
    if (!element) return;
    const { activeElement } = element.getRootNode() as Document | ShadowRoot;
    const nowhere = !activeElement || activeElement === document.body || activeElement.classList.contains("window");
    if ((takeFocus && !opened.current) || (opened.current && nowhere)) element.focus();
    opened.current = true;
  };
  return (
    <section class="ff" aria-label={state.entry.title} ref={section}>
      <p class="hidden" role="status">
        {news}
      </p>
      {words === null || !ready || (open && !state.page) ? (
        <p class="ff-loading" role="status">
          {say("loading")}
        </p>
      ) : open && state.page ? (
        <PageView
          key={state.page.node}
          {...{ form, state, shown, words, say, server, heading }}
          open={state.page}
          agent={name}
        />
      ) : (
        <Over state={state} shown={shown} say={say} heading={heading} />
      )}
    </section>
  );
}

/** What the other side has done since; with nothing new, nothing is heard. */
function newsBetween(before: LiveFormState, now: LiveFormState): { suggested: number; filled: number; hint: string } {
  // A page that has just come brings all that was done to it before: that is no news.
  if (before.page?.node !== now.page?.node) return { suggested: 0, filled: 0, hint: "" };
  const known = new Set(before.suggestions.map(({ field, at }) => `${field} ${at}`));
  const filled = Object.values(now.fields).filter(
    ({ field, by, seq }) => by === "agent" && (before.fields[field]?.seq ?? -1) < seq,
  );
  const hint = Object.entries(now.hints).find(([field, text]) => before.hints[field] !== text)?.[1] ?? "";
  return {
    suggested: now.suggestions.filter(({ field, at }) => !known.has(`${field} ${at}`)).length,
    filled: before === now ? 0 : filled.length,
    hint,
  };
}

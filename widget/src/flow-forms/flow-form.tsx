import type { Shown } from "@clew/domain/flows/screens/present";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { adopt } from "../theme/adopt.ts";
import type { LiveForm } from "./live-form.ts";
import { needsOf } from "./needs.ts";
import { PageView } from "./page-view.tsx";
import { PARTS, type PartName } from "./parts.ts";
import { useParts } from "./use-parts.ts";
import { ENGLISH, type FormWord, type FormWords, loadWords } from "./words.ts";

export type FlowFormProps = {
  form: LiveForm;
  language: string;
  /** Opened by who reads it: its heading takes focus. Otherwise it takes none that is somewhere else. */
  takeFocus?: boolean;
  /** Who serves, as the customer reads it; until somebody does, the team. */
  agent?: string | undefined;
  /** Where pictures of the form come from: the server's address without a slash at its end. */
  server?: string;
};

/** What nobody needs at first sight is fetched as soon as the form stands. */
const AFTERWARDS: readonly PartName[] = ["more"];
const NOTHING: readonly PartName[] = [];

/** A form that is open, or what became of it. */
export function FlowForm({ form, language, takeFocus = false, agent, server = "" }: FlowFormProps) {
  const [state, draw] = useState(() => form.state.get());
  const [words, speak] = useState<FormWords | null>(/^en\b/i.test(language) ? ENGLISH : null);
  const [news, tell] = useState("");
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
  const node = state.page?.node;
  const components = state.page?.components;
  const needs = useMemo(() => needsOf(components ?? []), [components]);
  const ready = useParts(needs);
  const first = useRef(state);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what a page brings along is no news of it
  useEffect(() => {
    first.current = form.state.get();
  }, [form, node]);
  useParts(ready && words ? AFTERWARDS : NOTHING);
  const more = PARTS.more.get();
  const section = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const root = section.current?.getRootNode() as ShadowRoot;
    for (const part of Object.values(PARTS)) adopt(root, part.get()?.css ?? "");
  });
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
      {words === null || !ready || !(open ? state.page : more) ? (
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
        more && <more.Over state={state} shown={shown} say={say} heading={heading} />
      )}
      {more && <more.News {...{ state, first, say, name, tell, language }} />}
    </section>
  );
}

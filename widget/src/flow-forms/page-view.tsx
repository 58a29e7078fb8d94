import type { Component } from "@clew/contract/flows/components";
import type { Value } from "@clew/domain/flows/expressions/value";
import { fieldsOf } from "@clew/domain/flows/screens/components";
import { labelOfField } from "@clew/domain/flows/screens/field-label";
import { normalised } from "@clew/domain/flows/screens/normalise";
import { checkPage } from "@clew/domain/flows/screens/page";
import { statusOf } from "@clew/domain/flows/screens/status";
import { inWords } from "@clew/domain/flows/screens/words-of-problem";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Components } from "./components-view.tsx";
import { fileProblem, isComing } from "./file-problem.ts";
import { type FormPlace, PlaceOf } from "./form-context.ts";
import type { LiveFormState } from "./live-form.ts";
import type { PageProps } from "./page-props.ts";
import { PARTS } from "./parts.ts";
import { Told } from "./told.tsx";

/** One page of an open form: its questions, what is wrong with the answers, and the ways on. */
export function PageView(props: PageProps) {
  const { form, state, open, shown, words, say } = props;
  const { node, components, scope, back, last, review } = open;
  const more = PARTS.more.get();
  const [left, setLeft] = useState<ReadonlySet<string> | "all">(new Set());
  const [reviewing, setReviewing] = useState(false);
  const [tries, setTries] = useState(0);
  const [confirmed, setConfirmed] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const full = useCallback((id: string) => `${node}.${id}`, [node]);
  const given = useMemo(() => givenOf(components, state, full), [components, state, full]);
  const page = useMemo(
    () => checkPage(components, given, { scope: scope as Record<string, Value>, shown, held: given }),
    [components, given, scope, shown],
  );
  const files = state.files.flatMap((file): [string, typeof file][] => {
    const id = file.field.slice(node.length + 1);
    return file.field.startsWith(`${node}.`) && page.fields.has(id) ? [[id, file]] : [];
  });
  const coming = new Set(files.filter(([, file]) => isComing(file, state.connection)).map(([id]) => id));
  const lost = files.flatMap(([id, file]): [string, string][] =>
    coming.has(id) || file.state !== "failed" ? [] : [[id, fileProblem(file, words)]],
  );
  const wrong = Object.entries(page.problems).filter(([id]) => !coming.has(id) && !lost.some(([one]) => one === id));
  const problems: [string, string][] = [
    ...lost,
    ...wrong.map(([id, problem]): [string, string] => [id, inWords(problem, words.problems)]),
    ...Object.entries(state.problems).flatMap(([name, problem]): [string, string][] =>
      name.startsWith(`${node}.`) && !page.problems[name.slice(node.length + 1)]
        ? [[name.slice(node.length + 1), problem]]
        : [],
    ),
  ];
  const filledFor = Object.values(state.fields).filter(
    ({ by, value, source }) => by === "flow" && source !== "typed" && value !== null && value !== undefined,
  );
  const mustConfirm = state.confirmPrefill && last && filledFor.length > 0;
  const refused = JSON.stringify(state.problems);
  useEffect(() => {
    if (refused === "{}") return;
    setReviewing(false);
    setLeft("all");
    setTries((before) => before + 1);
  }, [refused]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when the page is there
  useEffect(() => props.heading(heading.current), []);
  const turn = (on: boolean) => {
    setReviewing(on);
    heading.current?.focus();
  };

  const place: FormPlace = {
    ...props,
    page,
    prefix: `${state.entry.id}-${node}-`,
    given,
    full,
    AddressLookup: PARTS.lookup.get()?.AddressLookup,
    Inside: PlaceOf,
    viewOf: (id) => state.fields[full(id)],
    isJudged: (id) => !coming.has(id) && (left === "all" || left.has(id)),
    focus(id) {
      form.focus(id === null ? null : full(id));
      if (id !== null) current.current = id;
      else if (current.current !== null) judge(current.current);
    },
    change(id, value, now = false) {
      const question = fieldsOf(components).find((one) => one.id === id);
      if (!question) return;
      const normal = question.kind === "repeat" ? { value } : normalised(question, value, shown);
      const fits = "value" in normal ? normal.value : value;
      const status = question.kind === "repeat" ? "filled" : statusOf(question, value, shown);
      form.set(full(id), fits ?? null, { status, now });
      // Its file may have come long after the field was left.
      if (question.kind === "file" && fits) setLeft((before) => (before === "all" ? before : new Set([...before, id])));
    },
  };
  const current = useRef<string | null>(null);
  function judge(id: string): void {
    // An untouched field is not complained about before the customer tries to send.
    if (page.fields.get(id)?.status !== "empty")
      setLeft((before) => (before === "all" ? before : new Set([...before, id])));
  }

  function goOn(): void {
    setLeft("all");
    const blocked = wrong.length > 0 || lost.length > 0 || (mustConfirm && !confirmed);
    setWaiting(!blocked && coming.size > 0);
    if (blocked) setTries((before) => before + 1);
    if (blocked || coming.size > 0) return;
    // Choices are sent at once, what was typed after a pause: before the page turns all of it has to be there.
    if (review && !reviewing) turn(true);
    else if (last) form.submit();
    else {
      form.page("next");
      setLeft(new Set());
    }
  }

  useEffect(() => form.wait?.(waiting), [form, waiting]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: sent when the last file has come, or is known not to
  useEffect(() => {
    if (waiting && coming.size === 0) goOn();
  }, [waiting, coming.size]);

  const judgedAll = left === "all" && tries > 0 && (problems.length > 0 || (mustConfirm && !confirmed));
  const sending = state.sending === "sending" || waiting;
  // Pages turn on the server; the last one is sent as soon as it can be.
  const away = state.connection === "offline";
  const held = away && !last && (!review || reviewing);
  const labelOf = (id: string) => {
    const field = page.fields.get(id);
    return field ? labelOfField(id, field, shown) : id;
  };
  return (
    <PlaceOf value={place}>
      <form
        class="ff-page"
        noValidate
        aria-labelledby={`${place.prefix}title`}
        onSubmit={(event) => {
          event.preventDefault();
          if (!sending && !held) goOn();
        }}
      >
        <h2 id={`${place.prefix}title`} ref={heading} tabIndex={-1}>
          {reviewing ? say("review") : <bdi>{open.title}</bdi>}
        </h2>
        {!reviewing && <Told {...props} />}
        {judgedAll && more && (
          <more.Summary {...{ problems, labelOf, tries }} prefix={place.prefix} confirm={mustConfirm && !confirmed} />
        )}
        {reviewing ? (
          more && <more.Review page={page} shown={shown} labelOf={labelOf} />
        ) : (
          <div class="ff-fields">
            <Components components={components} given={given} />
          </div>
        )}
        {mustConfirm && (!review || reviewing) && (
          <label class="ff-tick">
            <input
              type="checkbox"
              checked={confirmed}
              onChange={(event) => setConfirmed(event.currentTarget.checked)}
            />
            <span>{say("confirm")}</span>
          </label>
        )}
        {state.sending === "failed" && (
          <p class="ff-wrong" role="alert">
            {say("notSent")}
          </p>
        )}
        <div class="ff-ways">
          {(back || reviewing) && (
            <button
              type="button"
              class="secondary"
              disabled={away && !reviewing}
              onClick={() => (reviewing ? turn(false) : form.page("back"))}
            >
              {say(reviewing ? "change" : "back")}
            </button>
          )}
          <button type="submit" class="primary" aria-busy={sending} aria-disabled={sending} disabled={held}>
            {sending ? say("sending") : say(last && (!review || reviewing) ? "send" : "next")}
          </button>
        </div>
        <p class="ff-stop">{more && !sending && <more.Stop {...props} />}</p>
      </form>
    </PlaceOf>
  );
}

/** The answers of the page by the ids of its components. */
function givenOf(
  components: readonly Component[],
  { fields }: LiveFormState,
  full: (id: string) => string,
): Record<string, unknown> {
  const held = fieldsOf(components).flatMap(({ id }): [string, unknown][] => {
    const view = fields[full(id)];
    return view && view.value !== undefined ? [[id, view.value]] : [];
  });
  return Object.fromEntries(held);
}

import { useEffect, useRef } from "preact/hooks";
import { useForm } from "./form-context.ts";

type SummaryProps = {
  /** What is wrong, by the ids of fields. */
  problems: readonly [id: string, problem: string][];
  labelOf(id: string): string;
  prefix: string;
  /** Whether the answers that others filled in have yet to be confirmed. */
  confirm: boolean;
  /** How often it was tried to go on: each time focus comes here. */
  tries: number;
};

/** What is wrong with the answers of a page, with a way to each. */
export function Summary({ problems, labelOf, prefix, confirm, tries }: SummaryProps) {
  const { say } = useForm();
  const box = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try counts, whatever else is the same
  useEffect(() => box.current?.focus(), [tries]);
  return (
    <section class="ff-summary" ref={box} tabIndex={-1} aria-labelledby={`${prefix}summary`}>
      <h3 id={`${prefix}summary`}>{problems.length === 1 ? say("summaryOne") : say("summary", problems.length)}</h3>
      <ul>
        {problems.map(([id, problem]) => (
          <li key={id}>
            <a
              href={`#${prefix}${id.replaceAll("/", "-")}`}
              onClick={(event) => {
                event.preventDefault();
                const root = event.currentTarget.getRootNode() as Document | ShadowRoot;
                root.getElementById(`${prefix}${id.replaceAll("/", "-")}`)?.focus();
              }}
            >
              {labelOf(id)}: {problem}
            </a>
          </li>
        ))}
        {confirm && <li>{say("confirm")}</li>}
      </ul>
    </section>
  );
}

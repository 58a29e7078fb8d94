import type { FlowEventView } from "@clew/contract/flows/runs";
import { age } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import classes from "./run-pages.module.css";
import { r } from "./words.ts";

/** What happened and nobody waited for: where one looks first when a run does not go on. */
export function Unmatched({ events }: { events: readonly FlowEventView[] }) {
  const now = useServerNow(20);
  return (
    <section className={classes.section}>
      <h2>{r("run.unmatched")}</h2>
      <p className={classes.quiet}>{r("run.unmatchedAbout")}</p>
      <ul className={classes.events}>
        {events.map(({ id, type, key, at, takenBy }) => (
          <li key={id}>
            <code>{type}</code>
            <span className={classes.quiet}>{r("run.unmatchedKey", { key })}</span>
            {takenBy && <span className={classes.quiet}>{r("run.taken")}</span>}
            <time className={classes.quiet}>{age(at, now)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}

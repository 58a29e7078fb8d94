import classes from "./simulator.module.css";
import type { Said } from "./state.ts";
import { s } from "./words.ts";

/** What was said, as one side has it: notes and drafts are the agents' own. */
export function Talk({ talk, staff }: { talk: readonly Said[]; staff: boolean }) {
  const heard = talk.filter(({ by }) => staff || (by !== "note" && by !== "draft"));
  if (heard.length === 0) return <p className={classes.quiet}>{s("sim.nothingSaid")}</p>;
  return (
    <ol className={classes.talk}>
      {heard.map(({ by, text, at }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was said is only ever added to
        <li key={`${at}-${index}`} data-by={by}>
          <small>{s(`sim.by.${by}`)}</small>
          <span dir="auto">{text}</span>
        </li>
      ))}
    </ol>
  );
}

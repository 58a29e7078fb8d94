import { Badge } from "@mantine/core";
import classes from "./simulator.module.css";
import type { Effect } from "./state.ts";
import { s } from "./words.ts";

/** What the flow wanted done, in order, with what the simulation answered. */
export function Effects({ effects }: { effects: readonly Effect[] }) {
  return (
    <section>
      <h2>{s("sim.effects")}</h2>
      {effects.length === 0 && <p className={classes.quiet}>{s("sim.noEffects")}</p>}
      <ol className={classes.effects} aria-label={s("sim.effects")}>
        {effects.map(({ id, node, operation: { do: what, ...rest }, answer }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list only ever grows, and one operation may come twice
          <li key={`${id}-${index}`}>
            <details>
              <summary>
                <code>{what}</code> <span className={classes.quiet}>{node}</span>{" "}
                {answer !== "done" && (
                  <Badge
                    size="sm"
                    variant="light"
                    color={answer.startsWith("fault") ? "red" : "gray"}
                    styles={{ label: { textTransform: "none" } }}
                  >
                    {answer}
                  </Badge>
                )}
              </summary>
              <pre className={classes.json} dir="ltr">
                {JSON.stringify(rest, null, 2)}
              </pre>
            </details>
          </li>
        ))}
      </ol>
    </section>
  );
}

import type { RunPage } from "@clew/contract/flows/runs";
import { Badge } from "@mantine/core";
import { day, left, timeOfDay } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import classes from "./run-pages.module.css";
import { r } from "./words.ts";

/** Why the run does not go on by itself; of times how long they are away. */
export function Blocked({ page: { run, blocked } }: { page: RunPage }) {
  const now = useServerNow();
  if (run.fault && run.status === "faulted") return <p className={classes.fault}>{r("run.fault", { ...run.fault })}</p>;
  switch (blocked?.kind) {
    case undefined:
      return <p className={classes.now}>{run.fault ? r("run.overBecause", { ...run.fault }) : r("run.over")}</p>;
    case "screen":
    case "yield":
      return <p className={classes.now}>{r(`run.blocked.${blocked.kind}`)}</p>;
    case "operation":
      return (
        <div className={classes.now}>
          <p>
            {r("run.blocked.operation", { what: blocked.do })}{" "}
            {blocked.state === "in-doubt" ? (
              <Badge size="sm" color="orange" variant="light" styles={{ label: { textTransform: "none" } }}>
                {r("run.blocked.inDoubt")}
              </Badge>
            ) : (
              <span className={classes.quiet}>
                {blocked.attempts > 0
                  ? r("run.blocked.doing", { attempts: blocked.attempts })
                  : r("run.blocked.notBegun")}
              </span>
            )}
          </p>
          {blocked.state === "in-doubt" && <p className={classes.quiet}>{r("run.blocked.inDoubtAbout")}</p>}
        </div>
      );
    case "wait":
      return (
        <div className={classes.now}>
          <p>{r("run.blocked.wait")}</p>
          <ul className={classes.waits}>
            {blocked.waits.map(({ branch, event, dueAt }) => (
              <li key={branch}>
                {event && r("run.wait.event", { type: event.type, key: event.key })}
                {event && dueAt !== null && " · "}
                {dueAt !== null &&
                  r(dueAt > now ? "run.wait.due" : "run.wait.late", {
                    at: `${day(dueAt, now)}, ${timeOfDay(dueAt)}`,
                    left: left(dueAt, now),
                  })}
                {!event && dueAt === null && r("run.wait.open")}
              </li>
            ))}
          </ul>
        </div>
      );
  }
}

import { IconAlertTriangle, IconArrowRight, IconMapPin } from "@tabler/icons-react";
import type { PathNode } from "./path.ts";
import classes from "./run-pages.module.css";
import { r } from "./words.ts";

/** A flow as an outline, the way of a run lit. */
export function PathList({ path }: { path: readonly PathNode[] }) {
  const names = new Map(path.map(({ name, label }) => [name, label ?? name]));
  return (
    <ol className={classes.path}>
      {path.map((node) => (
        <li
          key={node.name}
          data-lit={node.visits > 0 || undefined}
          data-here={node.here || undefined}
          data-fault={node.faulted || undefined}
          aria-current={node.here ? "step" : undefined}
        >
          <div className={classes.node}>
            <strong dir="auto">{node.label ?? node.name}</strong>
            <code>{node.type}</code>
            {node.here && (
              <span className={classes.here}>
                <IconMapPin size={12} aria-hidden="true" /> {r("run.path.here")}
              </span>
            )}
            {node.faulted && <IconAlertTriangle size={13} className={classes.bad} aria-hidden="true" />}
            <span className={classes.count}>
              {node.visits > 0 ? r("run.path.visited", { count: node.visits }) : r("run.path.never")}
            </span>
          </div>
          {node.links.length > 0 && (
            <ul className={classes.links}>
              {node.links.map(({ outcome, label, to, taken }) => (
                <li key={outcome} data-lit={taken > 0 || undefined}>
                  <span dir="auto">{label}</span> <IconArrowRight size={11} aria-hidden="true" className="clew-flip" />{" "}
                  <span dir="auto">{names.get(to) ?? to}</span>
                  {taken > 1 && <span className={classes.count}> × {taken}</span>}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}

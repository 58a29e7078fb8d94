import { t } from "../strings/strings.ts";
import classes from "./presence.module.css";

/** More units than this are drawn as a share, since single marks could no longer be counted at a glance. */
const DRAWN = 12;

/** An agent's load against capacity, in units of work. */
export function Load({ load, capacity }: { load: number; capacity: number }) {
  const marks = Math.min(DRAWN, Math.max(capacity, load));
  const used = capacity <= DRAWN && load <= DRAWN ? load : Math.round((load / Math.max(1, capacity)) * DRAWN);
  return (
    <span className={classes.units} role="img" aria-label={t("presence.load", { load, capacity })}>
      {Array.from({ length: marks }, (_, index) => (
        <span
          key={index}
          className={classes.unit}
          data-used={index < used || undefined}
          data-over={index >= capacity || undefined}
        />
      ))}
    </span>
  );
}

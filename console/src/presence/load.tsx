import { t } from "../strings/strings.ts";
import classes from "./presence.module.css";

/** More units than this are drawn as a share, since single marks could no longer be counted at a glance. */
const DRAWN = 12;

/** An agent's load against capacity, in units of work. `silent` where words beside it say the same. */
export function Load({ load, capacity, silent }: { load: number; capacity: number; silent?: boolean }) {
  const marks = Math.min(DRAWN, Math.max(capacity, load));
  const used = capacity <= DRAWN && load <= DRAWN ? load : Math.round((load / Math.max(1, capacity)) * DRAWN);
  return (
    <span
      className={classes.units}
      {...(silent ? { "aria-hidden": true } : { role: "img", "aria-label": t("presence.load", { load, capacity }) })}
    >
      {Array.from({ length: marks }, (_, index) => index).map((index) => (
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

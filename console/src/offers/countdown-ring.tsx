import { left } from "../clock/ages.ts";
import classes from "./offers.module.css";

const RADIUS = 18;
const AROUND = 2 * Math.PI * RADIUS;

/** What is left of a time as a ring that empties, the seconds inside it. */
export function CountdownRing({ from, until, now }: { from: number; until: number; now: number }) {
  const share = Math.min(1, Math.max(0, (until - now) / Math.max(1, until - from)));
  const text = left(until, now);
  return (
    <div className={classes.ring} data-short={share < 0.3 || undefined} role="timer" aria-label={text} aria-live="off">
      <svg viewBox="0 0 44 44" aria-hidden="true">
        <circle cx="22" cy="22" r={RADIUS} className={classes.ringGround} />
        <circle
          cx="22"
          cy="22"
          r={RADIUS}
          className={classes.ringLeft}
          strokeDasharray={AROUND}
          strokeDashoffset={AROUND * (1 - share)}
        />
      </svg>
      <span>{text}</span>
    </div>
  );
}

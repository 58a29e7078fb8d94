import classes from "./absence.module.css";

const RADIUS = 6;
const AROUND = 2 * Math.PI * RADIUS;

/** What is left of a time as a small calm ring. The words beside it tell the time. */
export function Ring({ from, until, now }: { from: number; until: number; now: number }) {
  const share = Math.min(1, Math.max(0, (until - now) / Math.max(1, until - from)));
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={classes.ring}>
      <circle cx="8" cy="8" r={RADIUS} className={classes.ringGround} />
      <circle
        cx="8"
        cy="8"
        r={RADIUS}
        className={classes.ringLeft}
        strokeDasharray={AROUND}
        strokeDashoffset={AROUND * (1 - share)}
      />
    </svg>
  );
}

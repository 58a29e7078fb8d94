import { Button, Slider } from "@mantine/core";
import { IconClock, IconPlayerSkipForward } from "@tabler/icons-react";
import { useState } from "react";
import type { Act } from "./simulate.ts";
import { nextDue } from "./simulate.ts";
import classes from "./simulator.module.css";
import type { Simulation } from "./state.ts";
import { s } from "./words.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** What the slider can be set to: from a minute to a month, each about three times the one before. */
const LENGTHS = [
  { length: MINUTE, label: "1 min" },
  { length: 5 * MINUTE, label: "5 min" },
  { length: 15 * MINUTE, label: "15 min" },
  { length: HOUR, label: "1 h" },
  { length: 4 * HOUR, label: "4 h" },
  { length: DAY, label: "1 d" },
  { length: 3 * DAY, label: "3 d" },
  { length: 7 * DAY, label: "7 d" },
  { length: 30 * DAY, label: "30 d" },
] as const;

/** The clock of the simulation: it stands still until somebody lets time pass. */
export function Clock({ simulation, doing }: { simulation: Simulation; doing(act: Act): void }) {
  const [at, setAt] = useState(1);
  const { length, label } = LENGTHS[at] ?? LENGTHS[0];
  const due = nextDue(simulation);
  return (
    <div className={classes.clock}>
      <span className={classes.time}>
        <IconClock size={14} aria-hidden="true" /> <time>{momentText(simulation.now)}</time>
      </span>
      <Slider
        className={classes.slider ?? ""}
        min={0}
        max={LENGTHS.length - 1}
        value={at}
        label={(index) => LENGTHS[index]?.label}
        thumbLabel={s("sim.passBy")}
        onChange={setAt}
      />
      <Button size="xs" variant="default" onClick={() => doing({ act: "pass", milliseconds: length })}>
        {s("sim.passButton", { length: label })}
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={due === null}
        leftSection={<IconPlayerSkipForward size={14} />}
        onClick={() => doing({ act: "skip" })}
      >
        {due === null ? s("sim.nothingDue") : s("sim.skip")}
      </Button>
    </div>
  );
}

/** A moment of the simulation, in UTC as its flows reckon. */
export function momentText(at: number): string {
  return new Date(at).toLocaleString("en-GB", {
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
}

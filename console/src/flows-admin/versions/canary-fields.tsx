import type { NewCanary } from "@clew/contract/flows/versions";
import { Group, NumberInput, Stack } from "@mantine/core";
import { DurationInput } from "../../admin/editing/duration-input.tsx";
import { f } from "../strings/words.ts";
import classes from "./versions.module.css";

/** A canary as one types it: percents, and how long it lasts in milliseconds. `above` null: it is never taken back. */
export type Trial = { percent: number; lasts: number; above: number | null };

export const FIRST_TRIAL: Trial = { percent: 10, lasts: 86_400_000, above: 5 };

/** What the server is told, by its own time; null where something does not fit. */
export function canaryOf({ percent, lasts, above }: Trial, now: number): NewCanary | null {
  if (!(percent > 0 && percent <= 100) || lasts < 60_000 || (above !== null && !(above >= 0 && above <= 100)))
    return null;
  return { share: percent / 100, until: now + lasts, ...(above === null ? {} : { rollbackAbove: above / 100 }) };
}

/** How a version is tried on a part of the runs. */
export function CanaryFields({ trial, change }: { trial: Trial; change(trial: Trial): void }) {
  const { percent, above } = trial;
  return (
    <Stack gap="sm">
      <Group gap="lg" align="flex-start">
        <NumberInput
          label={f("canary.share")}
          suffix=" %"
          min={1}
          max={100}
          classNames={{ wrapper: classes.number ?? "" }}
          value={percent}
          error={percent > 0 && percent <= 100 ? null : f("canary.shareWrong")}
          onChange={(next) => change({ ...trial, percent: Number(next) })}
        />
        <DurationInput
          label={f("canary.lasts")}
          units={["hour", "day"]}
          value={trial.lasts}
          onChange={(lasts) => change({ ...trial, lasts })}
        />
      </Group>
      <NumberInput
        label={f("canary.above")}
        description={f("canary.aboveAbout")}
        placeholder={f("canary.never")}
        suffix=" %"
        min={0}
        max={100}
        classNames={{ wrapper: classes.number ?? "" }}
        value={above ?? ""}
        onChange={(next) => change({ ...trial, above: next === "" ? null : Number(next) })}
      />
    </Stack>
  );
}

import type { RunSummary } from "@clew/contract/flows/runs";
import { timeOfDay } from "../clock/ages.ts";
import { t } from "../strings/strings.ts";

/** A run as a line of a list: what it is called, how it stands, since when. */
export function RunItem({ run: { title, status, updatedAt }, quiet }: { run: RunSummary; quiet: string | undefined }) {
  return (
    <li>
      <span dir="auto">{title}</span>
      <span className={quiet}>
        {t(`flows.status.${status}`)} · {timeOfDay(updatedAt)}
      </span>
    </li>
  );
}

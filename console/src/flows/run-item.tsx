import type { RunSummary } from "@clew/contract/flows/runs";
import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { timeOfDay } from "../clock/ages.ts";
import { useMe } from "../desk.tsx";
import { t } from "../strings/strings.ts";

/** A run as a line of a list: what it is called, how it stands, since when. Who looks after flows finds its page there. */
export function RunItem({
  run: { id, title, status, updatedAt },
  quiet,
}: {
  run: RunSummary;
  quiet: string | undefined;
}) {
  const sees = useMe().agent.role !== "agent";
  return (
    <li>
      {sees ? (
        <Anchor component={Link} to={`/runs/${id}`} size="sm" dir="auto">
          {title}
        </Anchor>
      ) : (
        <span dir="auto">{title}</span>
      )}
      <span className={quiet}>
        {t(`flows.status.${status}`)} · {timeOfDay(updatedAt)}
      </span>
    </li>
  );
}

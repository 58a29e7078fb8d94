import type { RunSummary } from "@clew/contract/flows/runs";
import { Badge } from "@mantine/core";
import { t } from "../strings/strings.ts";

const COLORS: Record<RunSummary["status"], string> = {
  running: "clew",
  waiting: "clew",
  completed: "green",
  cancelled: "gray",
  failed: "orange",
  faulted: "red",
  expired: "orange",
};

export function StatusBadge({ status }: { status: RunSummary["status"] }) {
  return (
    <Badge size="sm" variant="light" color={COLORS[status]} styles={{ label: { textTransform: "none" } }}>
      {t(`flows.status.${status}`)}
    </Badge>
  );
}

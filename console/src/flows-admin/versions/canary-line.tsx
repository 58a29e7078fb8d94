import type { WatchedCanary } from "@clew/contract/flows/versions";
import { Text } from "@mantine/core";
import { f } from "../strings/words.ts";
import { percents, time } from "./figures.ts";

/** How a version on trial does. */
export function CanaryLine({ canary }: { canary: WatchedCanary }) {
  const { share, until, rollbackAbove, started, faulted } = canary;
  return (
    <Text fz="sm">
      {f("canary.takes", { share: percents.format(share), until: time.format(new Date(until)) })}{" "}
      {started === 0 ? f("canary.none") : f("canary.does", { count: started, faulted })}{" "}
      {rollbackAbove === undefined ? f("canary.stays") : f("canary.limit", { above: percents.format(rollbackAbove) })}
    </Text>
  );
}

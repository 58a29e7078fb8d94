import type { Configuration } from "@clew/domain/configuration";

/** The zone in which the organisation lives, an IANA name: that of its first hours, "UTC" without any. */
export function zoneOf({ hours }: Pick<Configuration, "hours">): string {
  return [...hours.values()][0]?.timeZone ?? "UTC";
}

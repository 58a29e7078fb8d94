import type { AvailabilityStatus } from "@clew/contract/presence";
import classes from "./presence.module.css";

/** The mark of a presence: filled, ring, bar or hollow, so that it does not tell by colour alone. */
export function StatusDot({ status, className }: { status: AvailabilityStatus; className?: string }) {
  return <span className={`${classes.dot} ${className ?? ""}`} data-status={status} aria-hidden="true" />;
}

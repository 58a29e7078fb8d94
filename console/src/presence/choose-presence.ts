import type { Desk } from "@clew/client/agent";
import type { AvailabilityStatus } from "@clew/contract/presence";
import { notifications } from "@mantine/notifications";
import { failureText } from "../strings/problems.ts";

/** Says how one is from now on. What comes of it is seen on one's own status; a refusal is told. */
export async function choosePresence(desk: Desk, status: AvailabilityStatus, reason: string | null): Promise<void> {
  const result = await desk.setPresence(status, reason);
  if (!result.ok) notifications.show({ message: failureText(result), color: "red", role: "alert" });
}

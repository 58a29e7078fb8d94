import { notifications } from "@mantine/notifications";
import { a } from "../strings/words.ts";

/** Says that something has worked, for a moment, at the edge of the screen. */
export function tell(message: string): void {
  notifications.show({
    message,
    color: "teal",
    autoClose: 4000,
    closeButtonProps: { "aria-label": a("dialog.close") },
  });
}

import { Button, Stack, Text } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { Dialog } from "../../admin/page/dialog.tsx";
import { DialogEnd } from "../../admin/page/dialog-end.tsx";
import { f } from "../strings/words.ts";

/** Asks before a page with something unsaved is left. */
export function LeaveGuard({ isDirty }: { isDirty(): boolean }) {
  const blocker = useBlocker({ shouldBlockFn: isDirty, enableBeforeUnload: isDirty, withResolver: true });
  return (
    <Dialog opened={blocker.status === "blocked"} onClose={() => blocker.reset?.()} title={f("editor.leave")}>
      <Stack>
        <Text fz="sm">{f("editor.leaveAbout")}</Text>
        <DialogEnd back={{ word: f("editor.stay"), go: () => blocker.reset?.(), first: true }}>
          <Button color="red" onClick={() => blocker.proceed?.()}>
            {f("editor.leaveNow")}
          </Button>
        </DialogEnd>
      </Stack>
    </Dialog>
  );
}

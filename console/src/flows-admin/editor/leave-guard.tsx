import { Button, Group, Stack, Text } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { Dialog } from "../../admin/page/dialog.tsx";
import { f } from "../strings/words.ts";

/** Asks before a page with something unsaved is left. */
export function LeaveGuard({ isDirty }: { isDirty(): boolean }) {
  const blocker = useBlocker({ shouldBlockFn: isDirty, enableBeforeUnload: isDirty, withResolver: true });
  return (
    <Dialog opened={blocker.status === "blocked"} onClose={() => blocker.reset?.()} title={f("editor.leave")}>
      <Stack>
        <Text fz="sm">{f("editor.leaveAbout")}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => blocker.reset?.()} data-autofocus>
            {f("editor.stay")}
          </Button>
          <Button color="red" onClick={() => blocker.proceed?.()}>
            {f("editor.leaveNow")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

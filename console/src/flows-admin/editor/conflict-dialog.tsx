import { Button, Group, Stack, Text } from "@mantine/core";
import { Dialog } from "../../admin/page/dialog.tsx";
import { DifferenceTable } from "../publish/difference-table.tsx";
import { f } from "../strings/words.ts";
import type { useSaving } from "./use-saving.ts";

/** Shows what parts the two states and lets the person choose one. */
export function ConflictDialog({ saving }: { saving: ReturnType<typeof useSaving> }) {
  const { conflict } = saving;
  return (
    <Dialog
      opened={conflict !== null}
      onClose={saving.later}
      title={f("conflict.title")}
      size="xl"
      closeOnClickOutside={false}
    >
      {conflict && (
        <Stack>
          <Text fz="sm">{f(conflict.differences.length > 0 ? "conflict.about" : "conflict.same")}</Text>
          <DifferenceTable differences={conflict.differences} definition={conflict.theirs.definition} />
          <Group justify="flex-end" gap="xs">
            <Button variant="subtle" onClick={saving.later}>
              {f("conflict.later")}
            </Button>
            <Button variant="default" onClick={saving.takeTheirs}>
              {f("conflict.theirs")}
            </Button>
            <Button onClick={() => void saving.keepMine()} loading={saving.saving}>
              {f("conflict.mine")}
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}

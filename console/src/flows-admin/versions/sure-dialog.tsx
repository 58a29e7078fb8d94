import { Button, Group, Stack, Text } from "@mantine/core";
import { Dialog } from "../../admin/page/dialog.tsx";
import { f } from "../strings/words.ts";

type SureDialogProps = { opened: boolean; title: string; about: string; verb: string; onClose(): void; onSure(): void };

/** A second question before something that cannot be taken back at once. */
export function SureDialog({ opened, title, about, verb, onClose, onSure }: SureDialogProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <Stack>
        <Text fz="sm">{about}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {f("new.cancel")}
          </Button>
          <Button color="red" onClick={onSure}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

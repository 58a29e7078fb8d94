import { Button, Stack, Text } from "@mantine/core";
import { Dialog } from "../../admin/page/dialog.tsx";
import { DialogEnd } from "../../admin/page/dialog-end.tsx";
import { f } from "../strings/words.ts";

type SureDialogProps = { opened: boolean; title: string; about: string; verb: string; onClose(): void; onSure(): void };

/** A second question before something that cannot be taken back at once. */
export function SureDialog({ opened, title, about, verb, onClose, onSure }: SureDialogProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <Stack>
        <Text fz="sm">{about}</Text>
        <DialogEnd back={{ word: f("new.cancel"), go: onClose, first: true }}>
          <Button color="red" onClick={onSure}>
            {verb}
          </Button>
        </DialogEnd>
      </Stack>
    </Dialog>
  );
}

import { Button, Stack, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { problemOf } from "../api/admin-api.tsx";
import { problemSentence } from "../api/problem-sentence.ts";
import { Dialog } from "../page/dialog.tsx";
import { DialogEnd } from "../page/dialog-end.tsx";
import { a } from "../strings/words.ts";

type DeleteButtonProps = { what: string; label?: string; about?: string; remove(): Promise<void>; onRemoved(): void };

/** Deletes after a second question; says what still uses the thing when the server refuses. */
export function DeleteButton({ what, label, about, remove, onRemoved }: DeleteButtonProps) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const close = () => {
    setAsking(false);
    setRefusal(null);
  };
  const confirm = async () => {
    setBusy(true);
    try {
      await remove();
      close();
      onRemoved();
    } catch (thrown) {
      setRefusal(problemSentence(problemOf(thrown)));
    } finally {
      setBusy(false);
    }
  };
  const flush = label === undefined;
  const verb = label ?? a("delete.delete");
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        ml={flush ? -16 : 0}
        leftSection={<IconTrash size={16} />}
        onClick={() => setAsking(true)}
      >
        {verb}
      </Button>
      <Dialog opened={asking} onClose={close} title={a("delete.title", { what })}>
        <Stack>
          <Text fz="sm">{about ?? a("delete.about")}</Text>
          <DialogEnd refusal={refusal} back={{ word: a("delete.cancel"), go: close, first: true }}>
            <Button color="red" onClick={() => void confirm()} loading={busy}>
              {verb}
            </Button>
          </DialogEnd>
        </Stack>
      </Dialog>
    </>
  );
}

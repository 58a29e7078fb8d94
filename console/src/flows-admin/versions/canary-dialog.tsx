import type { NewCanary } from "@clew/contract/flows/versions";
import { Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "../../admin/page/dialog.tsx";
import { DialogEnd } from "../../admin/page/dialog-end.tsx";
import { useServerNow } from "../../clock/use-server-now.ts";
import { f } from "../strings/words.ts";
import { CanaryFields, canaryOf, FIRST_TRIAL } from "./canary-fields.tsx";

type CanaryDialogProps = { version: number | null; live: number; onClose(): void; onBegin(canary: NewCanary): void };

/** Asks how a version is tried beside the live one. */
export function CanaryDialog({ version, live, onClose, onBegin }: CanaryDialogProps) {
  return (
    <Dialog opened={version !== null} onClose={onClose} title={f("canary.title", { version: version ?? 0 })}>
      {version !== null && <CanaryForm live={live} onClose={onClose} onBegin={onBegin} />}
    </Dialog>
  );
}

function CanaryForm({ live, onClose, onBegin }: Omit<CanaryDialogProps, "version">) {
  const now = useServerNow(10);
  const [trial, setTrial] = useState(FIRST_TRIAL);
  const canary = canaryOf(trial, now);
  return (
    <Stack>
      <Text fz="sm">{f("canary.about", { live })}</Text>
      <CanaryFields trial={trial} change={setTrial} />
      <DialogEnd back={{ word: f("new.cancel"), go: onClose }}>
        <Button disabled={canary === null} onClick={() => canary && onBegin(canary)}>
          {f("canary.begin")}
        </Button>
      </DialogEnd>
    </Stack>
  );
}

import type { FlowVersion } from "@clew/contract/flows/versions";
import { flowDiff } from "@clew/domain/flows/format/diff";
import { Text } from "@mantine/core";
import { Dialog } from "../../admin/page/dialog.tsx";
import { DifferenceTable } from "../publish/difference-table.tsx";
import { f } from "../strings/words.ts";

type CompareDialogProps = { version: FlowVersion | null; draft: unknown; onClose(): void };

/** What the draft changes in a version. */
export function CompareDialog({ version, draft, onClose }: CompareDialogProps) {
  const differences = version && draft !== undefined ? flowDiff(version.definition, draft) : [];
  return (
    <Dialog opened={version !== null} onClose={onClose} title={f("versions.compare")} size="xl">
      {version &&
        (differences.length === 0 ? (
          <Text fz="sm">{f("publish.same", { version: version.version })}</Text>
        ) : (
          <DifferenceTable differences={differences} definition={draft} />
        ))}
    </Dialog>
  );
}

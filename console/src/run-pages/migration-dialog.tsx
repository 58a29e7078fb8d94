import type { RunMigration, RunPage } from "@clew/contract/flows/runs";
import { Button, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Dialog } from "../admin/page/dialog.tsx";
import { DialogEnd } from "../admin/page/dialog-end.tsx";
import { useTry } from "../conversation/use-try.ts";
import { useDesk } from "../desk.tsx";
import { DifferenceTable } from "../flows-admin/publish/difference-table.tsx";
import { r } from "./words.ts";

type Props = { page: RunPage; migration: RunMigration & { version: number }; onClose(): void };

/** What another version changes, before a run goes on in it. */
export default function MigrationDialog({ page: { run, definition }, migration, onClose }: Props) {
  const { version, flows, hindrances } = migration;
  const desk = useDesk();
  const queries = useQueryClient();
  const [busy, attempt] = useTry();
  const isFree = hindrances.length === 0;
  async function move(): Promise<void> {
    const input = { params: { id: run.id }, body: { version } };
    if (await attempt(() => desk.request("migrateRun", input))) onClose();
    // Whoever came too late sees where the run is now.
    void queries.invalidateQueries({ queryKey: ["readRun", run.id] });
    void queries.invalidateQueries({ queryKey: ["readRunMigration", run.id] });
  }
  return (
    <Dialog opened onClose={onClose} title={r(isFree ? "run.move" : "run.move.look", { version })} size="xl">
      <Stack>
        {isFree && <Text fz="sm">{r("run.move.about")}</Text>}
        {flows.map(({ key, from, to, differences }) => (
          <section key={key} aria-label={r("run.move.versions", { key, from, to })}>
            <Text fz="sm" fw={600} mb={4}>
              {r("run.move.versions", { key, from, to })}
            </Text>
            {differences.length === 0 && <Text fz="sm">{r("run.move.same")}</Text>}
            <DifferenceTable differences={differences} definition={key === run.flow.key ? definition : {}} />
          </section>
        ))}
        <DialogEnd back={{ word: r(isFree ? "run.move.back" : "run.move.close"), go: onClose, first: true }}>
          {isFree && (
            <Button loading={busy} onClick={move}>
              {r("run.move.yes", { version })}
            </Button>
          )}
        </DialogEnd>
      </Stack>
    </Dialog>
  );
}

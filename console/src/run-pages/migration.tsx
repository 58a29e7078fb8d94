import type { RunHindrance, RunMigration, RunPage } from "@clew/contract/flows/runs";
import { Button } from "@mantine/core";
import { IconArrowForwardUp } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useDesk, useDeskState, useMe } from "../desk.tsx";
import { ask } from "../queries.ts";
import classes from "./run-pages.module.css";
import { r } from "./words.ts";

const MigrationDialog = lazy(() => import("./migration-dialog.tsx"));

/** Where another version is the one to run: the way there, or why there is none. Nothing for who may not take it. */
export function Migration({ page }: { page: RunPage }) {
  const { run } = page;
  const desk = useDesk();
  const isAdmin = useMe().agent.role === "admin";
  const revision = useDeskState(({ configuration }) => configuration.flow ?? 0);
  const [open, setOpen] = useState(false);
  const { data } = useQuery({
    queryKey: ["readRunMigration", run.id, run.flow.version, run.updatedAt, revision],
    queryFn: () => ask("readRunMigration", desk.request("readRunMigration", { params: { id: run.id } })),
    enabled: isAdmin && run.status === "waiting",
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  if (!isAdmin || run.status !== "waiting" || !data || data.version === null) return null;
  const { version } = data;
  const isFree = data.hindrances.length === 0;
  return (
    <div className={classes.migration}>
      <div>
        <p>{r(run.alias === "test" ? "run.move.test" : "run.move.live", { version, old: run.flow.version })}</p>
        {!isFree && <Hindrances version={version} of={data.hindrances} />}
      </div>
      <Button
        size="xs"
        variant="default"
        leftSection={isFree && <IconArrowForwardUp size={14} aria-hidden="true" className="clew-flip" />}
        onClick={() => setOpen(true)}
      >
        {r(isFree ? "run.move" : "run.move.look", { version })}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <MigrationDialog
            page={page}
            migration={data as RunMigration & { version: number }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </div>
  );
}

function Hindrances({ version, of }: { version: number; of: readonly RunHindrance[] }) {
  return (
    <>
      <p>{r("run.move.not", { version })}</p>
      <ul className={classes.waits}>
        {of.map(({ code, flow, node = "", value = "", message }) => (
          <li key={`${code} ${flow} ${node} ${value}`}>{r(`run.move.why.${code}`, { flow, node, value, message })}</li>
        ))}
      </ul>
    </>
  );
}

import type { ReplayReport } from "@clew/contract/flows/runs";
import { Anchor, Button, Group, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { problemOf, useAsk } from "../../admin/api/admin-api.tsx";
import { problemSentence } from "../../admin/api/problem-sentence.ts";
import { Notice } from "../../admin/page/notice.tsx";
import { nameOf, nodesOf } from "../model/rough.ts";
import { f } from "../strings/words.ts";
import { time } from "../versions/figures.ts";
import classes from "./difference-table.module.css";

/** So many runs at most, as the server allows. */
const LAST = 500;

/** Plays recorded runs on a definition and lists where they would part from how they went. */
export function Replay({ flowKey, definition }: { flowKey: string; definition: unknown }) {
  const ask = useAsk();
  const [report, setReport] = useState<ReplayReport | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const play = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      const input = { params: { key: flowKey }, body: { last: LAST, definition } };
      setReport(await ask<ReplayReport>("replayFlow", input));
    } catch (thrown) {
      setRefusal(problemSentence(problemOf(thrown)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div>
      <Group gap="sm">
        <Button variant="default" size="xs" loading={busy} onClick={() => void play()}>
          {f("replay.button")}
        </Button>
        <Text c="dimmed" fz="sm">
          {f("replay.about", { count: LAST })}
        </Text>
      </Group>
      {refusal && (
        <Notice tone="bad" title={f("replay.failed")} loud>
          {refusal}
        </Notice>
      )}
      {report && <Report report={report} definition={definition} />}
    </div>
  );
}

function Report({ report, definition }: { report: ReplayReport; definition: unknown }) {
  const { played, differing, faulting, runs } = report;
  const nodes = nodesOf(definition);
  const name = (id: string | null) => (id === null ? f("replay.end") : nameOf(id, nodes.get(id)));
  const sentence =
    played === 0
      ? f("replay.none")
      : differing === 0
        ? f("replay.same", { count: played })
        : f("replay.differ", { played, differing, faulting });
  return (
    <>
      <Text fz="sm" mt="sm" mb="xs" role="status">
        {sentence}
      </Text>
      {differing > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <section className={classes.scroll} aria-label={sentence} tabIndex={0}>
          <Table className={classes.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{f("replay.run")}</Table.Th>
                <Table.Th>{f("replay.at")}</Table.Th>
                <Table.Th>{f("replay.before")}</Table.Th>
                <Table.Th>{f("replay.after")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {runs.map(
                ({ run, differs }) =>
                  differs && (
                    <Table.Tr key={run.id}>
                      <Table.Td>
                        {/* Beside the dialog, which stays as it is. */}
                        <Anchor component={Link} to={`/runs/${run.id}`} target="_blank" fz="inherit">
                          {f("replay.which", { at: time.format(run.startedAt), id: run.id.slice(-6) })}
                        </Anchor>
                      </Table.Td>
                      <Table.Td dir="auto">{name(differs.at)}</Table.Td>
                      <Table.Td dir="auto">{name(differs.before)}</Table.Td>
                      <Table.Td dir="auto">
                        {differs.fault === null ? name(differs.after) : f("replay.fault", { fault: differs.fault })}
                      </Table.Td>
                    </Table.Tr>
                  ),
              )}
            </Table.Tbody>
          </Table>
        </section>
      )}
    </>
  );
}

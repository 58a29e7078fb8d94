import type { FlowDifference } from "@clew/contract/flows/versions";
import { Table } from "@mantine/core";
import { stepsOf } from "../model/json-at.ts";
import { nameOf, nodesOf } from "../model/rough.ts";
import { f, wordOf } from "../strings/words.ts";
import classes from "./difference-table.module.css";

/** Differences as one reads them: what, where, before, after. Nothing for none. */
export function DifferenceTable({
  differences,
  definition,
}: {
  differences: readonly FlowDifference[];
  definition: unknown;
}) {
  if (differences.length === 0) return null;
  const nodes = nodesOf(definition);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className={classes.scroll} aria-label={f("diff.label")} tabIndex={0}>
      <Table className={classes.table} aria-label={f("diff.label")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{f("diff.what")}</Table.Th>
            <Table.Th>{f("diff.where")}</Table.Th>
            <Table.Th>{f("diff.before")}</Table.Th>
            <Table.Th>{f("diff.after")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {differences.map((one) => (
            <Table.Tr key={`${one.what} ${one.path}`}>
              <Table.Td className={classes.what}>{wordOf("diff", one.what)}</Table.Td>
              <Table.Td dir="auto">{placeOf(one, nodes)}</Table.Td>
              <Table.Td>
                <Shown value={one.before} />
              </Table.Td>
              <Table.Td>
                <Shown value={one.after} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function placeOf({ path, node }: FlowDifference, nodes: ReturnType<typeof nodesOf>): string {
  const rest = stepsOf(path).slice(node === undefined ? 0 : 2);
  return [...(node === undefined ? [] : [nameOf(node, nodes.get(node))]), ...rest].join(" › ");
}

function Shown({ value }: { value: unknown }) {
  if (value === undefined) return <span className={classes.absent}>{f("diff.absent")}</span>;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return (
    <span className={classes.value} dir="auto">
      {text}
    </span>
  );
}

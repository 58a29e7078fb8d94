import type { ChannelSettings, SettingChange } from "@clew/contract/channels";
import { Table, Text } from "@mantine/core";
import { useItems } from "../api/items.ts";
import { a } from "../strings/words.ts";
import { changesInWords } from "./changes-in-words.ts";
import classes from "./channels.module.css";

type ChangesTableProps = { changes: SettingChange[]; before: ChannelSettings; after: ChannelSettings };

/** What is different, setting by setting: before and after. */
export function ChangesTable({ changes, before, after }: ChangesTableProps) {
  const queues = useItems("Queue");
  const hours = useItems("Hours");
  const names = new Map([...(queues.data ?? []), ...(hours.data ?? [])].map((item) => [item.id, item.name]));
  const lines = changesInWords(changes, { before, after }, (id) => names.get(id));
  if (lines.length === 0) {
    return (
      <Text fz="sm" c="dimmed">
        {a("change.nothing")}
      </Text>
    );
  }
  return (
    <Table.ScrollContainer minWidth={420} type="native">
      <Table verticalSpacing="xs" fz="sm" layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="34%">{a("change.setting")}</Table.Th>
            <Table.Th>{a("change.before")}</Table.Th>
            <Table.Th>{a("change.after")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={line.what}>
              <Table.Th scope="row" fw={550}>
                {line.what}
              </Table.Th>
              <Table.Td className={`${classes.side} ${classes.before}`}>{line.before}</Table.Td>
              <Table.Td className={classes.side}>{line.after}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

import type { ChannelSettings } from "@clew/contract/channels";
import { Table } from "@mantine/core";
import { useItems } from "../api/items.ts";
import { changesInWords } from "./changes-in-words.ts";
import classes from "./channels.module.css";
import { compareSettings } from "./compare-settings.ts";

/** A whole deployment to be read: every setting with its value, in words. */
export function SettingsTable({ settings }: { settings: ChannelSettings }) {
  const queues = useItems("Queue");
  const hours = useItems("Hours");
  const names = new Map([...(queues.data ?? []), ...(hours.data ?? [])].map((item) => [item.id, item.name]));
  const nothing = emptied(settings) as ChannelSettings;
  const lines = changesInWords(compareSettings(nothing, settings), { before: nothing, after: settings }, (id) =>
    names.get(id),
  );
  return (
    <Table verticalSpacing="xs" fz="sm" layout="fixed">
      <Table.Tbody>
        {lines.map((line) => (
          <Table.Tr key={line.what}>
            <Table.Th scope="row" fw={550} w="40%">
              {line.what}
            </Table.Th>
            <Table.Td className={classes.side}>{line.after}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** The same shape with nothing in it, so that every setting counts as a difference and is told. */
function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  if (typeof value !== "object" || value === null) return undefined;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, emptied(part)]));
}

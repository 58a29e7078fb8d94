import { Group, ScrollArea, SegmentedControl, Select, Skeleton, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useDesk } from "../desk.tsx";
import { ask, useChannels } from "../queries.ts";
import { failureText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import { type ReturnRow, returnRows, WAYS } from "./returns-table.ts";
import classes from "./supervision.module.css";

/** Days that can be chosen, today included. */
const SPANS = ["1", "7", "30"] as const;
/** The report is read again this often while it is looked at, in milliseconds. */
const AGAIN_MS = 30_000;

/** How customers who dropped out came back, by which way, and what stood against it. */
export function Returns() {
  const desk = useDesk();
  const channels = useChannels();
  const [days, setDays] = useState<string>("7");
  const [channelId, setChannelId] = useState<string | null>(null);
  const { data, error } = useQuery({
    queryKey: ["reportReturns", days],
    queryFn: () => ask("reportReturns", desk.request("reportReturns", { query: { days } })),
    refetchInterval: AGAIN_MS,
  });
  const rows = data ? returnRows(data.items, channelId) : [];
  return (
    <section className={classes.section} aria-labelledby="returns">
      <div className={classes.head}>
        <h2 id="returns">{t("returns.title")}</h2>
        <Group gap="xs">
          {channels.length > 1 && (
            <Select
              size="xs"
              clearable
              aria-label={t("returns.channel")}
              placeholder={t("returns.allChannels")}
              data={channels.map(({ id, draft }) => ({ value: id, label: draft.name }))}
              value={channelId}
              onChange={setChannelId}
            />
          )}
          <SegmentedControl
            size="xs"
            aria-label={t("returns.span")}
            data={SPANS.map((value) => ({ value, label: t(`returns.days.${value}`) }))}
            value={days}
            onChange={setDays}
          />
        </Group>
      </div>
      {error && (
        <Text size="sm" role="alert">
          {failureText(error)}
        </Text>
      )}
      {!data && !error && <Skeleton height={96} />}
      {data && rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("returns.none")}
        </Text>
      )}
      {rows.length > 0 && <Rows rows={rows} />}
    </section>
  );
}

function Rows({ rows }: { rows: readonly ReturnRow[] }) {
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0 }}>
      <Table verticalSpacing={8} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("returns.outcome")}</Table.Th>
            {WAYS.map((way) => (
              <Table.Th key={way} className={classes.count}>
                {t(`returns.way.${way}`)}
              </Table.Th>
            ))}
            <Table.Th className={classes.count}>{t("returns.total")}</Table.Th>
            <Table.Th className={classes.count}>{t("returns.share")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={`${row.outcome} ${row.because}`}>
              <Table.Th scope="row" className={classes.outcome}>
                {t(`returns.outcome.${row.outcome}`)}
                {row.because && (
                  <Text component="span" size="xs" c="dimmed" className={classes.because}>
                    {t(`because.${row.because}`, { agent: t("returns.theirAgent") })}
                  </Text>
                )}
              </Table.Th>
              {WAYS.map((way) => (
                <Table.Td key={way} className={classes.count}>
                  {row.ways[way] || "–"}
                </Table.Td>
              ))}
              <Table.Td className={classes.count}>{row.total}</Table.Td>
              <Table.Td className={classes.count}>
                {row.share.toLocaleString("en", { style: "percent", maximumFractionDigits: 0 })}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}

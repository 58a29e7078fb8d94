import { Anchor, Button, ScrollArea, Skeleton, Table, Text, Tooltip } from "@mantine/core";
import { IconChevronLeft, IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { day, timeOfDay } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import { customerName } from "../customer/name.ts";
import { saveFile } from "../customer/save-file.ts";
import { useDesk, useDeskState } from "../desk.tsx";
import { ask, useGlance, useNames } from "../queries.ts";
import { failureText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import { type TimelineRow, timelineRows } from "./rows.ts";
import classes from "./timeline.module.css";
import { useAllEvents } from "./use-all-events.ts";

/** All that happened in one conversation, with reasons and times: for whoever has to find out how it came about. */
export function TimelinePage() {
  const { id } = useParams({ from: "/conversations/$id/timeline" });
  const desk = useDesk();
  const names = useNames();
  const now = useServerNow(60);
  // The inbox tells that there is more; a conversation that is not in it stands still.
  const known = useDeskState(({ inbox }) => inbox.find(({ conversationId }) => conversationId === id)?.number ?? 0);
  const conversation = useGlance(id, String(known));
  const events = useAllEvents(id, known);
  const save = useMutation({
    mutationFn: async () => ask("readTimeline", desk.request("readTimeline", { params: { id } })),
    onSuccess: (timeline) =>
      saveFile(
        new Blob([JSON.stringify(timeline, null, 2)], { type: "application/json" }),
        `timeline-${id.slice(0, 8)}.json`,
      ),
  });
  const error = conversation.error ?? events.error ?? save.error;
  const { data: snapshot } = conversation;
  const { data: all } = events;
  return (
    <div className={classes.page}>
      <Anchor component={Link} to={`/conversations/${id}`} size="sm" className={classes.back}>
        <IconChevronLeft size={14} aria-hidden="true" /> {t("timeline.back")}
      </Anchor>
      <header className={classes.head}>
        <div>
          <h1 dir="auto">{t("timeline.title", { name: snapshot ? customerName(snapshot) : t("timeline.someone") })}</h1>
          <Text size="sm" c="dimmed">
            {t("timeline.about")}
          </Text>
        </div>
        <Tooltip label={t("timeline.exportAbout")}>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconDownload size={14} />}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {t("timeline.export")}
          </Button>
        </Tooltip>
      </header>
      {error && (
        <Text size="sm" role="alert">
          {failureText(error)}
        </Text>
      )}
      {!all && !error && <Skeleton height={240} role="status" aria-label={t("app.loading")} />}
      {all && (
        <ScrollArea type="auto" viewportProps={{ tabIndex: 0 }}>
          <Table verticalSpacing={6} className={classes.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("timeline.number")}</Table.Th>
                <Table.Th>{t("timeline.time")}</Table.Th>
                <Table.Th>{t("timeline.what")}</Table.Th>
                <Table.Th>{t("timeline.by")}</Table.Th>
                <Table.Th>{t("timeline.clocks")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {timelineRows(all, names).map((row) => (
                <Row key={row.key} row={row} now={now} />
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
      )}
    </div>
  );
}

function Row({ row, now }: { row: TimelineRow; now: number }) {
  switch (row.kind) {
    case "session":
      return (
        <Table.Tr>
          <Table.Th colSpan={5} scope="rowgroup" className={classes.session}>
            {row.title}
          </Table.Th>
        </Table.Tr>
      );
    case "said":
      return (
        <Table.Tr>
          <Table.Td colSpan={2} />
          <Table.Td colSpan={3} className={classes.quiet}>
            {row.text}
          </Table.Td>
        </Table.Tr>
      );
    case "event":
      return (
        <Table.Tr>
          <Table.Td className={classes.figure}>{row.number}</Table.Td>
          <Table.Td className={classes.figure}>
            <time dateTime={new Date(row.at).toISOString()}>
              {day(row.at, now)}, {timeOfDay(row.at)}:{String(new Date(row.at).getSeconds()).padStart(2, "0")}
            </time>
          </Table.Td>
          <Table.Td>
            {row.text}
            {row.detail && <span className={classes.quiet}> · {row.detail}</span>}
          </Table.Td>
          <Table.Td>{row.by}</Table.Td>
          <Table.Td className={classes.quiet}>
            {row.clocks.map((clock) => (
              <span key={clock} className={classes.clock}>
                {clock}
              </span>
            ))}
          </Table.Td>
        </Table.Tr>
      );
  }
}

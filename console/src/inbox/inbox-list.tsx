import type { InboxItem } from "@clew/contract/inbox";
import { Skeleton, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { useServerNow } from "../clock/use-server-now.ts";
import { useDeskState, useViewer } from "../desk.tsx";
import { useCommand } from "../keyboard/keyboard.tsx";
import { useChannels, useFoundConversations, useNames } from "../queries.ts";
import { t } from "../strings/strings.ts";
import classes from "./inbox.module.css";
import { InboxRow } from "./inbox-row.tsx";
import { OwnStatus } from "./own-status.tsx";
import { useView } from "./use-view.ts";
import { ViewTabs } from "./view-tabs.tsx";
import { countsOf, listOf, neighbour } from "./views.ts";

const ROW_PX = 76;

/** The conversations of the chosen list, searched, with as many drawn as are in sight. */
export function InboxList({ openId }: { openId: string | undefined }) {
  const inbox = useDeskState((state) => state.inbox);
  const ready = useDeskState((state) => state.inboxReady);
  const unfinished = useDeskState((state) => state.unfinished);
  const viewer = useViewer();
  const [view, setView] = useView(viewer);
  const [search, setSearch] = useState("");
  const [asked] = useDebouncedValue(search.trim(), 300);
  const searchBox = useRef<HTMLInputElement>(null);
  const now = useServerNow(1);
  const names = useNames();
  const channels = useChannels();

  // The live inbox holds what concerns the agent now; what ended long ago and what a search may mean is asked for.
  const beyond = useFoundConversations(asked ? { search: asked } : view === "ended" ? { status: "ended" } : null);
  const items = useMemo(() => {
    const live = listOf(inbox, view, viewer, search);
    const known = new Set(inbox.map((item) => item.conversationId));
    const found = (beyond.data?.items ?? []).filter((item) => !known.has(item.conversationId));
    return [...live, ...found];
  }, [inbox, view, viewer, search, beyond.data]);
  const counts = useMemo(() => countsOf(inbox, viewer), [inbox, viewer]);

  const open = useOpen();
  const step = (by: 1 | -1) => () => {
    const item = neighbour(items, openId, by);
    if (item) open(item.conversationId);
  };
  useCommand("next", items.length > 0 ? step(1) : null);
  useCommand("previous", items.length > 0 ? step(-1) : null);
  useCommand("search", () => searchBox.current?.focus());

  return (
    <section className={classes.list} aria-label={t("rail.inbox")}>
      <header className={classes.listHead}>
        <h2>{t("rail.inbox")}</h2>
        <OwnStatus />
      </header>
      <div className={classes.search}>
        <TextInput
          ref={searchBox}
          size="xs"
          radius="md"
          leftSection={<IconSearch size={14} />}
          placeholder={t("inbox.search")}
          aria-label={t("inbox.search")}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            setSearch("");
            event.currentTarget.blur();
          }}
        />
      </div>
      <ViewTabs view={view} viewer={viewer} counts={counts} onChange={setView} />
      {!ready ? (
        <Loading />
      ) : items.length === 0 ? (
        <div className={classes.empty}>
          <Text fw={600}>{search ? t("inbox.empty.search") : t(`inbox.empty.${view}`)}</Text>
          <Text size="sm" c="dimmed">
            {search ? t("inbox.emptyHint.search") : t(`inbox.emptyHint.${view}`)}
          </Text>
        </div>
      ) : (
        <Rows items={items} openId={openId}>
          {(item) => (
            <InboxRow
              item={item}
              open={item.conversationId === openId}
              unfinished={unfinished.includes(item.conversationId)}
              now={now}
              me={viewer.agentId}
              queue={names.queue(item.staff.queueId)}
              channel={channels.find((channel) => channel.id === item.channelId)?.draft.name ?? ""}
            />
          )}
        </Rows>
      )}
    </section>
  );
}

function useOpen(): (id: string) => void {
  const navigate = useNavigate();
  return (id) => void navigate({ to: "/conversations/$id", params: { id } });
}

function Rows({
  items,
  openId,
  children,
}: {
  items: InboxItem[];
  openId: string | undefined;
  children(item: InboxItem): React.ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => items[index]?.conversationId ?? index,
    overscan: 8,
  });
  const openAt = items.findIndex((item) => item.conversationId === openId);
  useEffect(() => {
    if (openAt >= 0) rows.scrollToIndex(openAt, { align: "auto" });
  }, [openAt, rows]);
  return (
    <div ref={box} className={classes.rows}>
      <ul style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const item = items[row.index];
          return (
            item && (
              <li
                key={row.key}
                data-index={row.index}
                ref={rows.measureElement}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                {children(item)}
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

function Loading() {
  return (
    <div role="status" aria-label={t("app.loading")} className={classes.loading}>
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <div key={row} className={classes.loadingRow}>
          <Skeleton height={36} circle />
          <div>
            <Skeleton height={10} width="60%" mb={8} />
            <Skeleton height={8} width="90%" />
          </div>
        </div>
      ))}
    </div>
  );
}

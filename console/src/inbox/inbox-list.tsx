import type { InboxItem } from "@clew/contract/inbox";
import { Skeleton, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { useServerNow } from "../clock/use-server-now.ts";
import { useDeskState, useViewer } from "../desk.tsx";
import { useCommand } from "../keyboard/keyboard.tsx";
import { useAgents, useChannels, useFoundConversations, useNames, useQueues } from "../queries.ts";
import { t } from "../strings/strings.ts";
import { EmptyList } from "./empty-list.tsx";
import { fits } from "./filter.ts";
import { FilterButton } from "./filter-button.tsx";
import { FilterChips } from "./filter-chips.tsx";
import { choicesFor } from "./filter-choices.ts";
import classes from "./inbox.module.css";
import { InboxRow } from "./inbox-row.tsx";
import { OwnStatus } from "./own-status.tsx";
import { useFilter } from "./use-filter.ts";
import { useView } from "./use-view.ts";
import { ViewTabs } from "./view-tabs.tsx";
import { countsOf, listOf, neighbour } from "./views.ts";

const ROW_PX = 76;

/** The conversations of the chosen list, filtered and searched, with as many drawn as are in sight. */
export function InboxList({ openId }: { openId: string | undefined }) {
  const inbox = useDeskState((state) => state.inbox);
  const ready = useDeskState((state) => state.inboxReady);
  const unfinished = useDeskState((state) => state.unfinished);
  const viewer = useViewer();
  const [view, setView] = useView(viewer);
  const [filter, setFilter] = useFilter(viewer);
  const [search, setSearch] = useState("");
  const [asked] = useDebouncedValue(search.trim(), 300);
  const searchBox = useRef<HTMLInputElement>(null);
  const now = useServerNow(1);
  const names = useNames();
  const queues = useQueues();
  const channels = useChannels();
  const agents = useAgents();
  const choices = useMemo(
    () => choicesFor(viewer, filter, { queues, channels, agents, inbox }),
    [viewer, filter, queues, channels, agents, inbox],
  );

  // The live inbox holds what concerns the agent now; what ended long ago and what a search may mean is asked for.
  const beyond = useFoundConversations(
    asked ? { ...filter, search: asked } : view === "ended" ? { ...filter, status: "ended" } : null,
  );
  const fitting = useMemo(() => inbox.filter((item) => fits(item, filter)), [inbox, filter]);
  const items = useMemo(() => {
    const live = listOf(fitting, view, viewer, search);
    const known = new Set(inbox.map((item) => item.conversationId));
    const found = (beyond.data?.items ?? []).filter((item) => !known.has(item.conversationId));
    return [...live, ...found];
  }, [fitting, inbox, view, viewer, search, beyond.data]);
  const counts = useMemo(() => countsOf(fitting, viewer), [fitting, viewer]);

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
        <FilterButton filter={filter} choices={choices} onChange={setFilter} />
      </div>
      <FilterChips filter={filter} choices={choices} onChange={setFilter} />
      <ViewTabs view={view} viewer={viewer} counts={counts} onChange={setView} />
      {!ready || (items.length === 0 && beyond.isLoading) ? (
        <Loading />
      ) : items.length === 0 ? (
        <EmptyList
          {...{ view, search, filter, choices }}
          hidden={view === "ended" || search ? 0 : listOf(inbox, view, viewer).length}
          onClear={() => setFilter({})}
        />
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

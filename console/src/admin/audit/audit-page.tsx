import type { AuditEntry } from "@clew/contract/agents";
import { Button, Code, Collapse, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconHistory } from "@tabler/icons-react";
import { type UseQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAsk } from "../api/admin-api.tsx";
import { useItems } from "../api/items.ts";
import { Empty } from "../page/empty.tsx";
import rows from "../page/page.module.css";
import { Page, Read } from "../page/page.tsx";
import { dateTime } from "../strings/dates.ts";
import { a } from "../strings/words.ts";
import classes from "./audit.module.css";
import { auditDetails, auditSentence } from "./audit-in-words.ts";

/** Who changed what, newest first; older entries when asked for. */
export function AuditPage() {
  const ask = useAsk();
  const pages = useInfiniteQuery({
    queryKey: ["admin", "audit"],
    queryFn: async ({ pageParam }) =>
      (await ask<{ items: AuditEntry[] }>("listAudit", pageParam === null ? {} : { query: { before: pageParam } }))
        .items,
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.length === 0 ? undefined : String(last[last.length - 1]?.at)),
    staleTime: 0,
  });
  const all = pages.data?.pages.flat() ?? [];
  const entries = all.filter((entry, index) => all.findIndex((other) => other.id === entry.id) === index);
  return (
    <Page title={a("nav.audit")} about={a("audit.about")}>
      <Read query={pages as unknown as UseQueryResult<unknown>}>
        {() =>
          entries.length === 0 ? (
            <Empty icon={IconHistory} title={a("audit.empty")} about={a("audit.emptyAbout")} />
          ) : (
            <>
              <ul className={rows.rows} aria-label={a("nav.audit")}>
                {entries.map((entry) => (
                  <Entry key={entry.id} entry={entry} />
                ))}
              </ul>
              {pages.hasNextPage && (
                <Button
                  variant="default"
                  onClick={() => void pages.fetchNextPage()}
                  loading={pages.isFetchingNextPage}
                  style={{ alignSelf: "center" }}
                >
                  {a("audit.older")}
                </Button>
              )}
            </>
          )
        }
      </Read>
    </Page>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const agents = useItems("Agent");
  const [opened, setOpened] = useState(false);
  const who = agents.data?.find((agent) => agent.id === entry.agentId)?.name ?? a("audit.system");
  const name = useNames().get(entry.nounId);
  const details = auditDetails(entry.change);
  return (
    <li>
      <UnstyledButton
        className={classes.entry}
        onClick={() => setOpened(!opened)}
        aria-expanded={opened}
        disabled={details.length === 0}
      >
        <span className={classes.what}>
          <Text span fz="sm">
            {auditSentence(entry, who, name)}
          </Text>
          <Text span fz="sm" c="dimmed">
            {dateTime(entry.at)}
          </Text>
        </span>
        {details.length > 0 && <IconChevronDown size={16} aria-hidden />}
      </UnstyledButton>
      <Collapse expanded={opened}>
        <dl className={classes.details}>
          {details.map((detail) => (
            <div key={detail.path}>
              <dt>{detail.path}</dt>
              <dd>
                <Code>{detail.text}</Code>
              </dd>
            </div>
          ))}
        </dl>
      </Collapse>
    </li>
  );
}

/** What the things of the configuration are called now, by their id. */
function useNames(): Map<string, string> {
  const channels = useItems("Channel").data ?? [];
  const replies = useItems("QuickReply").data ?? [];
  const named = [
    useItems("Queue"),
    useItems("Skill"),
    useItems("Hours"),
    useItems("Agent"),
    useItems("ApiKey"),
  ].flatMap<{
    id: string;
    name: string;
  }>((query) => query.data ?? []);
  return new Map([
    ...named.map(({ id, name }) => [id, name] as const),
    ...channels.map(({ id, draft }) => [id, draft.name] as const),
    ...replies.map(({ id, title }) => [id, title] as const),
  ]);
}

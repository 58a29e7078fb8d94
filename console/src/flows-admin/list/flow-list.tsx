import type { FlowSummary } from "@clew/contract/flows/versions";
import { Badge, Button, Chip, Text, TextInput } from "@mantine/core";
import { IconPlus, IconRoute, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { Empty } from "../../admin/page/empty.tsx";
import { Read } from "../../admin/page/page.tsx";
import { useFlows } from "../flow-queries.ts";
import { FlowLink } from "../page/flow-link.tsx";
import { Frame } from "../page/frame.tsx";
import { f } from "../strings/words.ts";
import classes from "./flow-list.module.css";
import { kindName } from "./kind.ts";
import { NewFlow } from "./new-flow.tsx";

/** All flows with their versions and what runs of them. */
export function FlowList({ mayWrite }: { mayWrite: boolean }) {
  const flows = useFlows();
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<string[]>([]);
  const [making, setMaking] = useState(false);
  const wanted = search.trim().toLowerCase();
  const button = mayWrite && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      {f("flows.new")}
    </Button>
  );
  return (
    <Frame title={f("flows.title")} about={f("flows.about")} actions={flows.data?.length ? button : undefined}>
      <Read query={flows}>
        {(all) => {
          const tags = [...new Set(all.flatMap((flow) => flow.tags))].sort((one, other) => one.localeCompare(other));
          const narrowed = chosen.filter((tag) => tags.includes(tag));
          const found = all
            .filter((flow) => narrowed.every((tag) => flow.tags.includes(tag)))
            .filter((flow) => [flow.title, flow.key, ...flow.tags].join(" ").toLowerCase().includes(wanted));
          const what = [search.trim(), ...narrowed].filter(Boolean).join(", ");
          return (
            <>
              {all.length > 0 && (
                <TextInput
                  aria-label={f("flows.search")}
                  placeholder={f("flows.search")}
                  leftSection={<IconSearch size={16} aria-hidden />}
                  value={search}
                  onChange={(event) => setSearch(event.currentTarget.value)}
                />
              )}
              {tags.length > 0 && (
                <fieldset className={classes.tags} aria-label={f("flows.tags")}>
                  <Chip.Group multiple value={narrowed} onChange={setChosen}>
                    {tags.map((tag) => (
                      <Chip key={tag} value={tag} size="xs" variant="outline" classNames={{ label: classes.tag }}>
                        {tag}
                      </Chip>
                    ))}
                  </Chip.Group>
                </fieldset>
              )}
              {all.length === 0 ? (
                <Empty icon={IconRoute} title={f("flows.empty")} about={f("flows.emptyAbout")} action={button} />
              ) : found.length === 0 ? (
                <Empty icon={IconSearch} title={f("flows.nothing", { what })} about={f("flows.nothingAbout")} />
              ) : (
                <ul className={classes.rows} aria-label={f("flows.title")}>
                  {found.map((flow) => (
                    <li key={flow.key}>
                      <FlowRow flow={flow} />
                    </li>
                  ))}
                </ul>
              )}
            </>
          );
        }}
      </Read>
      <NewFlow opened={making} taken={flows.data?.map(({ key }) => key) ?? []} onClose={() => setMaking(false)} />
    </Frame>
  );
}

function FlowRow({ flow }: { flow: FlowSummary }) {
  const { live, test, latest } = flow;
  return (
    <FlowLink to={flow.key} className={classes.row}>
      <span className={classes.text}>
        <span className={classes.name}>
          <bdi>{flow.title || flow.key}</bdi>
        </span>
        <Text span c="dimmed" fz="sm" className={classes.key}>
          {kindName(flow)} · {flow.key}
        </Text>
      </span>
      <span className={classes.marks}>
        {flow.tags.map((tag) => (
          <Mark key={`tag ${tag}`} tone="quiet">
            {`#${tag}`}
          </Mark>
        ))}
        {flow.faultedRuns > 0 && <Mark tone="bad">{f("list.faulted", { count: flow.faultedRuns })}</Mark>}
        {flow.waitingRuns > 0 && <Mark tone="quiet">{f("list.waiting", { count: flow.waitingRuns })}</Mark>}
        {flow.draftDiffers && latest !== null && <Mark tone="warn">{f("list.differs")}</Mark>}
        {latest === null && <Mark tone="quiet">{f("list.never")}</Mark>}
        {latest !== null && latest !== live && <Mark tone="quiet">{f("list.latest", { version: latest })}</Mark>}
        {flow.canary && <Mark tone="warn">{f("list.trial", { version: flow.canary.version })}</Mark>}
        {test !== null && <Mark tone="quiet">{f("list.test", { version: test })}</Mark>}
        {live !== null && <Mark tone="good">{f("list.live", { version: live })}</Mark>}
      </span>
    </FlowLink>
  );
}

export function Mark({ tone, children }: { tone: "good" | "warn" | "bad" | "quiet"; children: string }) {
  return (
    <Badge variant="default" className={classes.mark} data-tone={tone}>
      {children}
    </Badge>
  );
}

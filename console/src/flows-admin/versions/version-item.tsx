import type { FlowVersion, WatchedCanary } from "@clew/contract/flows/versions";
import { ActionIcon, Button, Menu, Text } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useItems } from "../../admin/api/items.ts";
import { Mark } from "../list/flow-list.tsx";
import { nameOf, nodesOf } from "../model/rough.ts";
import { f } from "../strings/words.ts";
import { CanaryLine } from "./canary-line.tsx";
import { percents, time } from "./figures.ts";
import classes from "./versions.module.css";

export type VersionActs = {
  makeLive(): void;
  makeTest(): void;
  /** On a part of the new runs, beside the live version. */
  tryOut(): void;
  endTrial(): void;
  stop(): void;
  retire(): void;
  remove(): void;
  compare(version: FlowVersion): void;
};
type VersionItemProps = {
  version: FlowVersion;
  waiting: Record<string, number>;
  live: number | null;
  test: number | null;
  /** The version on trial beside the live one. */
  canary: WatchedCanary | null;
  /** It is begun by itself, not by a flow that was published with one version of it. */
  mayTry: boolean;
  acts: VersionActs;
  mayWrite: boolean;
};

export function VersionItem({ version: one, waiting, live, test, canary, mayTry, acts, mayWrite }: VersionItemProps) {
  const { version, message, publishedAt, publishedBy, retiredAt, lock, hash } = one;
  const agents = useItems("Agent");
  const author = agents.data?.find(({ id }) => id === publishedBy)?.name;
  const by = publishedBy === null ? f("versions.program") : author;
  const at = time.format(new Date(publishedAt));
  const pinned = Object.entries(lock).map(([key, { version: other }]) => `${key} ${other}`);
  const isLive = live === version;
  const trial = canary?.version === version ? canary : null;
  return (
    <li className={classes.item}>
      <div className={classes.head}>
        <h2>{f("versions.number", { version })}</h2>
        {isLive && <Mark tone="good">{f("versions.live")}</Mark>}
        {trial && <Mark tone="warn">{f("versions.trial", { share: percents.format(trial.share) })}</Mark>}
        {test === version && <Mark tone="quiet">{f("versions.test")}</Mark>}
        {retiredAt !== null && <Mark tone="warn">{f("versions.retired")}</Mark>}
        <span className={classes.grow} />
        {mayWrite && !isLive && retiredAt === null && (
          <Button size="xs" variant="default" onClick={acts.makeLive}>
            {f(live !== null && version < live ? "versions.back" : "versions.makeLive")}
          </Button>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={f("versions.more", { version })}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => acts.compare(one)}>{f("versions.compare")}</Menu.Item>
            {mayWrite && (
              <>
                {test !== version && retiredAt === null && (
                  <Menu.Item onClick={acts.makeTest}>{f("versions.makeTest")}</Menu.Item>
                )}
                {mayTry && live !== null && !isLive && retiredAt === null && !trial && (
                  <Menu.Item onClick={acts.tryOut}>{f("versions.tryOut")}</Menu.Item>
                )}
                {trial && <Menu.Item onClick={acts.endTrial}>{f("versions.endTrial")}</Menu.Item>}
                {isLive && <Menu.Item onClick={acts.stop}>{f("versions.noLive")}</Menu.Item>}
                {retiredAt === null && <Menu.Item onClick={acts.retire}>{f("versions.retire")}</Menu.Item>}
                <Menu.Item color="red" onClick={acts.remove}>
                  {f("versions.delete")}
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      <p className={classes.message}>
        <bdi>{message}</bdi>
      </p>
      <Text c="dimmed" fz="sm">
        <time dateTime={new Date(publishedAt).toISOString()}>
          {by === undefined ? at : f("versions.by", { time: at, name: by })}
        </time>
        {" · "}
        <span title={hash}>{hash.slice(0, 10)}</span>
        {pinned.length > 0 && ` · ${f("versions.lock", { flows: pinned.join(", ") })}`}
      </Text>
      {trial && <CanaryLine canary={trial} />}
      <Waiting waiting={waiting} definition={one.definition} />
    </li>
  );
}

/** Who waits where, so that one sees what holds a version. */
function Waiting({ waiting, definition }: { waiting: Record<string, number>; definition: unknown }) {
  const nodes = nodesOf(definition);
  const total = Object.values(waiting).reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const places = Object.entries(waiting).map(([node, count]) =>
    f("versions.waitingAt", { count, node: nameOf(node, nodes.get(node)) }),
  );
  return (
    <Text fz="sm">
      {f("versions.waiting", { count: total })} {places.join(", ")}
    </Text>
  );
}

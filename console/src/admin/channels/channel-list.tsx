import type { Channel } from "@clew/contract/channels";
import { Badge, Button } from "@mantine/core";
import { IconMessages, IconPlus } from "@tabler/icons-react";
import { useDeployments, useItems } from "../api/items.ts";
import { same } from "../editing/same.ts";
import { AdminLink } from "../page/admin-link.tsx";
import { Empty } from "../page/empty.tsx";
import { Page, Read } from "../page/page.tsx";
import { Row, Rows } from "../page/rows.tsx";
import { a } from "../strings/words.ts";
import classes from "./channels.module.css";

/** All channels: what each is, which deployment is live, and whether the draft holds more. */
export function ChannelList() {
  const channels = useItems("Channel");
  const queues = useItems("Queue");
  const add = (
    <Button component={AdminLink} to="channels/new" leftSection={<IconPlus size={16} />}>
      {a("channels.new")}
    </Button>
  );
  return (
    <Page title={a("nav.channels")} about={a("channels.about")} actions={channels.data?.length ? add : undefined}>
      <Read query={channels}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={IconMessages} title={a("channels.empty")} about={a("channels.emptyAbout")} action={add} />
          ) : (
            <Rows label={a("nav.channels")}>
              {items.map((channel) => (
                <ChannelRow
                  key={channel.id}
                  channel={channel}
                  queue={
                    queues.data?.find((queue) => queue.id === channel.draft.queueId)?.name ?? a("channels.noQueue")
                  }
                />
              ))}
            </Rows>
          )
        }
      </Read>
    </Page>
  );
}

function ChannelRow({ channel, queue }: { channel: Channel; queue: string }) {
  const { draft } = channel;
  return (
    <Row
      to={`channels/${channel.id}`}
      name={draft.name}
      about={`${a(draft.kind === "asynchronous" ? "kind.asynchronous" : "kind.sessionBased")} · ${queue}`}
      lead={<span className={classes.swatch} style={{ background: draft.look.colour }} aria-hidden />}
      trail={<ChannelBadges channel={channel} />}
    />
  );
}

export function ChannelBadges({ channel }: { channel: Channel }) {
  const unpublished = useUnpublished(channel);
  return (
    <>
      {unpublished && (
        <Badge variant="light" color="orange" className={classes.warn}>
          {a("channels.unpublished")}
        </Badge>
      )}
      {channel.live === null ? (
        <Badge variant="default">{a("channels.notPublished")}</Badge>
      ) : (
        <Badge variant="light" color="teal" className={classes.good}>
          {a("channels.live", { number: channel.live })}
        </Badge>
      )}
    </>
  );
}

/** Whether the saved draft differs from what customers have. */
export function useUnpublished(channel: Channel): boolean {
  const deployments = useDeployments(channel.id);
  const live = deployments.data?.find((deployment) => deployment.number === channel.live);
  return channel.live !== null && live !== undefined && !same(live.settings, channel.draft);
}

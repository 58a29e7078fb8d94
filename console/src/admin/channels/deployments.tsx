import type { Channel, Deployment } from "@clew/contract/channels";
import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { IconRocket } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf, useAsk } from "../api/admin-api.tsx";
import { useDeployments, useItems } from "../api/items.ts";
import { problemSentence } from "../api/problem-sentence.ts";
import { Dialog } from "../page/dialog.tsx";
import { DialogEnd } from "../page/dialog-end.tsx";
import { Empty } from "../page/empty.tsx";
import { Notice } from "../page/notice.tsx";
import rows from "../page/page.module.css";
import { Read } from "../page/page.tsx";
import { tell } from "../page/tell.ts";
import { dateTime } from "../strings/dates.ts";
import { a } from "../strings/words.ts";
import { ChangesTable } from "./changes-table.tsx";
import { useUnpublished } from "./channel-list.tsx";
import classes from "./channels.module.css";
import { compareSettings } from "./compare-settings.ts";
import { SettingsTable } from "./settings-table.tsx";

type Looking = { at: Deployment; how: "view" | "compare" | "restore" } | null;

/** Every publish of a channel, newest first, each to be looked at, compared with what is live, and gone back to. */
export function Deployments({ channel }: { channel: Channel }) {
  const deployments = useDeployments(channel.id);
  const [looking, setLooking] = useState<Looking>(null);
  const close = () => setLooking(null);
  return (
    <Stack gap="md">
      <Text fz="sm" c="dimmed">
        {a("deployments.about")}
      </Text>
      <Read query={deployments}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={IconRocket} title={a("deployments.empty")} about={a("deployments.emptyAbout")} />
          ) : (
            <>
              <ul className={rows.rows} aria-label={a("deployments.label")}>
                {items.map((item) => (
                  <DeploymentRow
                    key={item.number}
                    item={item}
                    live={item.number === channel.live}
                    look={(how) => setLooking({ at: item, how })}
                  />
                ))}
              </ul>
              <DeploymentDialog
                looking={looking}
                all={items}
                channel={channel}
                live={items.find((item) => item.number === channel.live)}
                close={close}
              />
            </>
          )
        }
      </Read>
    </Stack>
  );
}

type DeploymentRowProps = { item: Deployment; live: boolean; look(how: "view" | "compare" | "restore"): void };

function DeploymentRow({ item, live, look }: DeploymentRowProps) {
  const agents = useItems("Agent");
  const who = agents.data?.find((agent) => agent.id === item.publishedBy)?.name ?? a("deployments.system");
  return (
    <li className={classes.deployment}>
      <div style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Text fw={550}>{a("deployments.number", { number: item.number })}</Text>
          {live && (
            <Badge color="teal" variant="light" className={classes.good}>
              {a("deployments.live")}
            </Badge>
          )}
          {item.restoredFrom !== null && (
            <Badge variant="default">{a("deployments.restored", { number: item.restoredFrom })}</Badge>
          )}
        </Group>
        <Text fz="sm" c="dimmed">
          {a("deployments.by", { date: dateTime(item.publishedAt), who })}
        </Text>
        {item.note && (
          <Text fz="sm" className={classes.side}>
            {item.note}
          </Text>
        )}
      </div>
      <Group gap={4}>
        <Button variant="subtle" size="xs" onClick={() => look("view")}>
          {a("deployments.view")}
        </Button>
        {!live && (
          <>
            <Button variant="subtle" size="xs" onClick={() => look("compare")}>
              {a("deployments.compare")}
            </Button>
            <Button variant="default" size="xs" onClick={() => look("restore")}>
              {a("deployments.back")}
            </Button>
          </>
        )}
      </Group>
    </li>
  );
}

type DialogProps = {
  looking: Looking;
  all: Deployment[];
  channel: Channel;
  live: Deployment | undefined;
  close(): void;
};

function DeploymentDialog({ looking, all, channel, live, close }: DialogProps) {
  const unpublished = useUnpublished(channel);
  if (looking === null) return null;
  const { at, how } = looking;
  const next = Math.max(...all.map((item) => item.number)) + 1;
  const titles = {
    view: a("deployments.viewTitle", { number: at.number }),
    compare: a("deployments.compareTitle", { live: live?.number ?? "–", number: at.number }),
    restore: a("deployments.backTitle", { number: at.number }),
  };
  return (
    <Dialog opened onClose={close} size="xl" title={titles[how]}>
      <Stack>
        {how === "restore" && <Text fz="sm">{a("deployments.backAbout", { next })}</Text>}
        {how === "restore" && unpublished && <Notice tone="warn">{a("deployments.backUnpublished")}</Notice>}
        {how === "view" || !live ? (
          <SettingsTable settings={at.settings} />
        ) : (
          <ChangesTable
            changes={compareSettings(live.settings, at.settings)}
            before={live.settings}
            after={at.settings}
          />
        )}
        {how === "restore" && <RestoreButtons deployment={at} close={close} />}
      </Stack>
    </Dialog>
  );
}

function RestoreButtons({ deployment, close }: { deployment: Deployment; close(): void }) {
  const ask = useAsk();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const restore = async () => {
    setBusy(true);
    try {
      const params = { id: deployment.channelId, number: String(deployment.number) };
      const made = await ask<Deployment>("restoreDeployment", { params });
      await queries.invalidateQueries({ queryKey: ["admin"] });
      tell(a("deployments.backDone", { number: made.number, from: deployment.number }));
      close();
    } catch (thrown) {
      setRefusal(problemSentence(problemOf(thrown)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <DialogEnd refusal={refusal} back={{ word: a("publish.cancel"), go: close, first: true }}>
      <Button onClick={() => void restore()} loading={busy}>
        {a("deployments.backConfirm")}
      </Button>
    </DialogEnd>
  );
}

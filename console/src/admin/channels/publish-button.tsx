import type { Channel, Deployment, SettingChange } from "@clew/contract/channels";
import { Button, Stack, Text, Textarea, Tooltip } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf, useAsk } from "../api/admin-api.tsx";
import { useDeployments } from "../api/items.ts";
import { problemSentence } from "../api/problem-sentence.ts";
import { Dialog } from "../page/dialog.tsx";
import { DialogEnd } from "../page/dialog-end.tsx";
import { Read } from "../page/page.tsx";
import { tell } from "../page/tell.ts";
import { a } from "../strings/words.ts";
import { ChangesTable } from "./changes-table.tsx";
import { useUnpublished } from "./channel-list.tsx";

/** Publishes the saved draft after showing what would change. `blocked`: something is typed and not saved. */
export function PublishButton({ channel, blocked }: { channel: Channel; blocked: boolean }) {
  const [opened, setOpened] = useState(false);
  const unpublished = useUnpublished(channel);
  const nothing = channel.live !== null && !unpublished;
  const why = blocked ? a("publish.saveFirst") : nothing ? a("publish.nothing") : null;
  return (
    <>
      <Tooltip label={why} disabled={why === null}>
        <Button
          data-disabled={why !== null || undefined}
          aria-disabled={why !== null}
          variant={why === null ? "filled" : "default"}
          onClick={() => why === null && setOpened(true)}
        >
          {a("publish.publish")}
        </Button>
      </Tooltip>
      <Dialog
        opened={opened}
        onClose={() => setOpened(false)}
        size="xl"
        title={a("publish.title", { name: channel.draft.name })}
      >
        {opened && <PublishDialog channel={channel} close={() => setOpened(false)} />}
      </Dialog>
    </>
  );
}

function PublishDialog({ channel, close }: { channel: Channel; close(): void }) {
  const ask = useAsk();
  const queries = useQueryClient();
  const deployments = useDeployments(channel.id);
  const live = deployments.data?.find((deployment) => deployment.number === channel.live);
  const changes = useQuery({
    queryKey: ["admin", "changes", channel.id, channel.revision, channel.live],
    queryFn: async () =>
      (await ask<{ items: SettingChange[] }>("compareChannel", { params: { id: channel.id } })).items,
    enabled: channel.live !== null,
    staleTime: 0,
  });
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const publish = async () => {
    setBusy(true);
    try {
      const made = await ask<Deployment>("publishChannel", {
        params: { id: channel.id },
        body: { revision: channel.revision, note },
      });
      await queries.invalidateQueries({ queryKey: ["admin"] });
      tell(a("publish.done", { number: made.number }));
      close();
    } catch (thrown) {
      const problem = problemOf(thrown);
      setRefusal(problem.code === "conflict" ? a("publish.stale") : problemSentence(problem));
    } finally {
      setBusy(false);
    }
  };
  const next = Math.max(0, ...(deployments.data ?? []).map((deployment) => deployment.number)) + 1;
  return (
    <Stack>
      <Text fz="sm" c="dimmed">
        {channel.live === null ? a("publish.first") : a("publish.next", { number: next })}
      </Text>
      {channel.live !== null && live && (
        <Read query={changes}>
          {(items) => <ChangesTable changes={items} before={live.settings} after={channel.draft} />}
        </Read>
      )}
      <Textarea
        label={a("publish.note")}
        description={a("publish.noteAbout")}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
      />
      <DialogEnd refusal={refusal} back={{ word: a("publish.cancel"), go: close }}>
        <Button onClick={() => void publish()} loading={busy}>
          {a("publish.publish")}
        </Button>
      </DialogEnd>
    </Stack>
  );
}

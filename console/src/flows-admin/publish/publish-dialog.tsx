import type { FlowDifference, FlowVersion } from "@clew/contract/flows/versions";
import { Button, Radio, Stack, Text, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf, useAsk } from "../../admin/api/admin-api.tsx";
import { problemSentence } from "../../admin/api/problem-sentence.ts";
import { isPlain } from "../../admin/editing/same.ts";
import { Dialog } from "../../admin/page/dialog.tsx";
import { DialogEnd } from "../../admin/page/dialog-end.tsx";
import { Notice } from "../../admin/page/notice.tsx";
import { Read } from "../../admin/page/page.tsx";
import { tell } from "../../admin/page/tell.ts";
import { useServerNow } from "../../clock/use-server-now.ts";
import { type ListedVersion, useFlows, useFlowsChanged } from "../flow-queries.ts";
import { f } from "../strings/words.ts";
import { CanaryFields, canaryOf, FIRST_TRIAL } from "../versions/canary-fields.tsx";
import { DifferenceTable } from "./difference-table.tsx";
import { Replay } from "./replay.tsx";

type Flow = { key: string; title: string; revision: number; definition: unknown };
type PublishDialogProps = {
  opened: boolean;
  onClose(): void;
  flow: Flow;
  dirty: boolean;
  /** There is text in the JSON view that cannot be read, and so is not in the draft. */
  unread: boolean;
  errors: number;
};

/** Which new runs take the version: all, a part of them beside the live one, none yet. */
const RUNS = ["all", "part", "none"] as const;
type Runs = (typeof RUNS)[number];
const DONE = { all: "publish.doneLive", part: "versions.isTried", none: "publish.done" } as const;

/** Shows what a new version would change, takes a message and makes it; errors and unsaved changes stand in the way. */
export function PublishDialog({ opened, onClose, ...rest }: PublishDialogProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title={f("publish.title", { title: rest.flow.title })} size="xl">
      {opened && <PublishForm {...rest} onClose={onClose} />}
    </Dialog>
  );
}

function PublishForm({ flow, dirty, unread, errors, onClose }: Omit<PublishDialogProps, "opened">) {
  const ask = useAsk();
  const changed = useFlowsChanged();
  const [message, setMessage] = useState("");
  const [runs, setRuns] = useState<Runs>("all");
  const [trial, setTrial] = useState(FIRST_TRIAL);
  const now = useServerNow(10);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const against = useDifference(flow);
  const publish = async () => {
    setTried(true);
    const canary = runs === "part" ? canaryOf(trial, now) : null;
    if (message.trim() === "" || (runs === "part" && !canary)) return;
    setBusy(true);
    setRefusal(null);
    try {
      const activate = runs === "all";
      const body = { revision: flow.revision, message: message.trim(), activate, ...(canary ? { canary } : {}) };
      const { version } = await ask<FlowVersion>("publishFlow", { params: { key: flow.key }, body });
      await changed();
      tell(f(DONE[runs], { version }));
      onClose();
    } catch (thrown) {
      setRefusal(problemSentence(problemOf(thrown)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack>
      {dirty && <Notice tone="warn">{f("publish.save")}</Notice>}
      {unread && <Notice tone="warn">{f("publish.unread")}</Notice>}
      {errors > 0 && <Notice tone="bad">{f("publish.findings", { count: errors })}</Notice>}
      <Read query={against}>
        {({ differences, version, isLive }) =>
          version === null ? (
            <Text fz="sm">{f("publish.first")}</Text>
          ) : differences.length === 0 ? (
            <Text fz="sm">{f("publish.same", { version })}</Text>
          ) : (
            <>
              <Text fz="sm">
                {f("publish.against", { version, name: isLive ? f("versions.live") : f("versions.newest") })}
              </Text>
              <DifferenceTable differences={differences} definition={flow.definition} />
            </>
          )
        }
      </Read>
      <Replay flowKey={flow.key} definition={flow.definition} />
      <Textarea
        label={f("publish.message")}
        value={message}
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
        error={tried && message.trim() === "" && f("publish.messageNeeded")}
        onChange={(event) => setMessage(event.currentTarget.value)}
      />
      <Radio.Group label={f("publish.runs")} value={runs} onChange={(next) => setRuns(next as Runs)}>
        <Stack gap="xs" mt="xs">
          {RUNS.filter((one) => one !== "part" || (against.data?.isLive && !isForm(flow.definition))).map((one) => (
            <Radio key={one} value={one} label={f(`publish.runs.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {runs === "part" && <CanaryFields trial={trial} change={setTrial} />}
      <DialogEnd refusal={refusal} back={{ word: f("publish.cancel"), go: onClose }}>
        <Button onClick={() => void publish()} loading={busy} disabled={dirty || errors > 0}>
          {f("publish.confirm")}
        </Button>
      </DialogEnd>
    </Stack>
  );
}

/** A form is opened in the version with which the flow was published that opens it. */
function isForm(definition: unknown): boolean {
  return isPlain(definition) && definition.kind === "screen" && definition.audience === "customer";
}

/** What the draft changes in the live version, or in the newest one where none is live. */
function useDifference({ key, definition }: Flow) {
  const ask = useAsk();
  const flows = useFlows();
  const live = flows.data?.find((flow) => flow.key === key)?.live ?? null;
  return useQuery({
    queryKey: ["flows", "difference", key, live, definition],
    enabled: flows.data !== undefined,
    queryFn: async () => {
      const { items } = await ask<{ items: ListedVersion[] }>("listFlowVersions", { params: { key } });
      const version = live ?? items[0]?.version.version ?? null;
      if (version === null) return { version, isLive: false, differences: [] };
      const body = { from: version, definition };
      const { differences } = await ask<{ differences: FlowDifference[] }>("diffFlow", { params: { key }, body });
      return { version, isLive: version === live, differences };
    },
  });
}

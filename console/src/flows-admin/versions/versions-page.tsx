import type { FlowVersion, NewCanary } from "@clew/contract/flows/versions";
import { IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { problemOf, useAsk } from "../../admin/api/admin-api.tsx";
import { problemSentence } from "../../admin/api/problem-sentence.ts";
import { Empty } from "../../admin/page/empty.tsx";
import { Notice } from "../../admin/page/notice.tsx";
import { Read } from "../../admin/page/page.tsx";
import { tell } from "../../admin/page/tell.ts";
import { useDraft, useFlows, useFlowsChanged, useVersions } from "../flow-queries.ts";
import { Frame } from "../page/frame.tsx";
import { f } from "../strings/words.ts";
import { CanaryDialog } from "./canary-dialog.tsx";
import { CompareDialog } from "./compare-dialog.tsx";
import { SureDialog } from "./sure-dialog.tsx";
import { type VersionActs, VersionItem } from "./version-item.tsx";
import classes from "./versions.module.css";

type Asked = { what: "delete" | "stop"; version: number } | null;

/** All versions of a flow, newest first: which is live, who waits on which, and the ways forward and back. */
export function VersionsPage({ flowKey, mayWrite }: { flowKey: string; mayWrite: boolean }) {
  const versions = useVersions(flowKey);
  const flows = useFlows();
  const draft = useDraft(flowKey);
  const ask = useAsk();
  const changed = useFlowsChanged();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked>(null);
  const [compared, setCompared] = useState<FlowVersion | null>(null);
  const [tried, setTried] = useState<number | null>(null);
  const flow = flows.data?.find(({ key }) => key === flowKey);
  const title = flow?.title || flowKey;
  const live = flow?.live ?? null;

  async function act(name: string, input: { params: Record<string, string>; body?: unknown }, done: string) {
    setRefusal(null);
    setAsked(null);
    try {
      await ask(name, { ...input, params: { key: flowKey, ...input.params } });
      await changed();
      tell(done);
    } catch (thrown) {
      setRefusal(problemSentence(problemOf(thrown)));
    }
  }
  const point = (alias: "live" | "test", version: number | null, done: string) =>
    act("setFlowAlias", { params: { alias }, body: { version } }, done);
  const tryOut = (version: number, canary: NewCanary) => {
    setTried(null);
    const input = { params: { alias: "live" }, body: { version: live, canary: { ...canary, version } } };
    return act("setFlowAlias", input, f("versions.isTried", { version }));
  };
  const acts = (version: number): VersionActs => ({
    makeLive: () => void point("live", version, f("versions.setLive", { version })),
    makeTest: () => void point("test", version, f("versions.setTest", { version })),
    tryOut: () => setTried(version),
    endTrial: () => void point("live", live, f("versions.trialEnded", { version })),
    stop: () => setAsked({ what: "stop", version }),
    retire: () =>
      void act("retireFlowVersion", { params: { version: String(version) } }, f("versions.isRetired", { version })),
    remove: () => setAsked({ what: "delete", version }),
    compare: setCompared,
  });
  return (
    <Frame
      title={f("versions.title", { title })}
      about={f("versions.about")}
      back={{ to: flowKey, label: f("versions.toDraft") }}
    >
      {refusal && (
        <Notice tone="bad" title={f("versions.refused")} loud>
          {refusal}
        </Notice>
      )}
      <Read query={versions}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={IconHistory} title={f("versions.empty")} about={f("versions.emptyAbout")} />
          ) : (
            <ol className={classes.list} aria-label={f("versions.title", { title })}>
              {items.map(({ version, waiting }) => (
                <VersionItem
                  key={version.version}
                  version={version}
                  waiting={waiting}
                  live={live}
                  test={flow?.test ?? null}
                  canary={flow?.canary ?? null}
                  mayTry={flow !== undefined && !(flow.kind === "screen" && flow.audience === "customer")}
                  acts={acts(version.version)}
                  mayWrite={mayWrite}
                />
              ))}
            </ol>
          )
        }
      </Read>
      <SureDialog
        opened={asked !== null}
        title={
          asked?.what === "stop"
            ? f("versions.stopTitle", { title })
            : f("versions.deleteTitle", { version: asked?.version ?? 0 })
        }
        about={f(asked?.what === "stop" ? "versions.stopAbout" : "versions.deleteAbout")}
        verb={f(asked?.what === "stop" ? "versions.noLive" : "versions.delete")}
        onClose={() => setAsked(null)}
        onSure={() =>
          void (asked?.what === "stop"
            ? point("live", null, f("versions.unset"))
            : asked &&
              act(
                "deleteFlowVersion",
                { params: { version: String(asked.version) } },
                f("versions.deleted", { version: asked.version }),
              ))
        }
      />
      {live !== null && (
        <CanaryDialog
          version={tried}
          live={live}
          onClose={() => setTried(null)}
          onBegin={(canary) => tried !== null && void tryOut(tried, canary)}
        />
      )}
      <CompareDialog version={compared} draft={draft.data?.definition} onClose={() => setCompared(null)} />
    </Frame>
  );
}

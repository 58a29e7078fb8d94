import type { FlowDraft } from "@clew/contract/flows/versions";
import { Button, Group, SegmentedControl, Text, VisuallyHidden } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useRef, useState } from "react";
import { isPlain } from "../../admin/editing/same.ts";
import { Notice } from "../../admin/page/notice.tsx";
import { SchemaFieldProvider } from "../fields/field-frame.tsx";
import { Panel } from "../fields/panel.tsx";
import { SchemaField } from "../fields/schema-field.tsx";
import { UnreadNotice } from "../json/unread.tsx";
import { pointerOf, writeAt } from "../model/json-at.ts";
import { FLOW_KEY } from "../model/outline.ts";
import { Outline } from "../outline/outline.tsx";
import { Toolbar } from "../outline/toolbar.tsx";
import { useOutlineActions } from "../outline/use-outline-actions.ts";
import { FlowLink } from "../page/flow-link.tsx";
import { Frame } from "../page/frame.tsx";
import { PublishDialog } from "../publish/publish-dialog.tsx";
import { f } from "../strings/words.ts";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { type FlowEditing, FlowEditingProvider, type Unread } from "./editing.tsx";
import classes from "./editor.module.css";
import { FindingsList } from "./findings-list.tsx";
import { useFocusField } from "./focus-field.ts";
import { LeaveGuard } from "./leave-guard.tsx";
import { useDefinition } from "./use-definition.ts";
import { useFindings } from "./use-findings.ts";
import { useSaving } from "./use-saving.ts";

const Canvas = lazy(() => import("../canvas/canvas.tsx"));
const JsonView = lazy(() => import("../json/json-view.tsx"));

type View = "outline" | "canvas" | "json";

/** A draft in three views of one definition, with its findings and the fields of what is chosen. */
export function Editor({ draft, mayWrite }: { draft: FlowDraft; mayWrite: boolean }) {
  const { key } = draft;
  const definition = useDefinition(draft);
  const { findings, current, unreachable, take } = useFindings(definition.value, {
    about: draft.definition,
    findings: draft.findings,
    limits: draft.limits,
  });
  const saving = useSaving(key, definition, ({ definition: about, findings: found, limits }) =>
    take({ about, findings: found, limits }),
  );
  const [view, setView] = useState<View>("outline");
  const [chosen, setChosen] = useState(FLOW_KEY);
  const [said, setSaid] = useState("");
  const [publishing, setPublishing] = useState(false);
  const [unread, setUnread] = useState<Unread | null>(null);
  /** The JSON view was asked for because of its text: the focus goes there. */
  const [toText, setToText] = useState(false);
  const show = (next: View, text = false) => {
    setToText(text);
    setView(next);
  };
  const seek = useFocusField();
  const main = useRef<HTMLDivElement>(null);
  const editing: FlowEditing = {
    definition: definition.value,
    findings,
    readOnly: !mayWrite,
    chosen,
    choose: setChosen,
    change: definition.change,
    write: (at, value) => definition.change(writeAt(definition.value, at, value), pointerOf(at)),
    seek,
    unread,
    keepUnread: setUnread,
    say: setSaid,
  };
  const actions = useOutlineActions(editing, definition);
  const title = titleOf(definition.value) || key;
  const backToTree = () => main.current?.querySelector<HTMLElement>('[role="tree"] [tabindex="0"]')?.focus();
  const toFields = () =>
    main.current?.parentElement?.querySelector<HTMLElement>(`.${classes.side} :is(input, textarea, select)`)?.focus();
  return (
    <FlowEditingProvider value={editing}>
      <SchemaFieldProvider value={SchemaField}>
        <Frame
          wide
          title={title}
          about={
            <>
              {key}
              {definition.dirty && ` · ${f("editor.unsaved")}`}
              {!mayWrite && ` · ${f("flows.readOnly")}`}
            </>
          }
          back={{ to: "", label: f("flows.toList") }}
          actions={
            <>
              <Button component={Link} to={`/simulator/${key}`} variant="default">
                {f("editor.try")}
              </Button>
              <Button component={FlowLink} to={`${key}/versions`} variant="default">
                {f("editor.versions")}
              </Button>
              {mayWrite && (
                <>
                  <Button
                    variant="default"
                    loading={saving.saving}
                    disabled={!definition.dirty}
                    onClick={() => void saving.save()}
                  >
                    {f("editor.save")}
                  </Button>
                  <Button onClick={() => setPublishing(true)}>{f("editor.publish")}</Button>
                </>
              )}
            </>
          }
        >
          {saving.refusal && (
            <Notice tone="bad" title={f("editor.refused")} loud>
              {saving.refusal}
            </Notice>
          )}
          <div className={classes.bar}>
            <SegmentedControl
              aria-label={f("editor.view")}
              value={view}
              onChange={(value) => show(value as View)}
              data={[
                { value: "outline", label: f("editor.outline") },
                { value: "canvas", label: f("editor.canvas") },
                { value: "json", label: f("editor.json") },
              ]}
            />
            {mayWrite && <Toolbar actions={actions} />}
          </div>
          <div className={classes.columns}>
            <div className={classes.main} ref={main}>
              {unread && view !== "json" && <UnreadNotice onShow={() => show("json", true)} onGone={backToTree} />}
              <Suspense fallback={<Text c="dimmed">{f("json.loading")}</Text>}>
                {view === "outline" && <Outline title={title} actions={actions} onEnter={toFields} />}
                {view === "canvas" && <Canvas />}
                {view === "json" && <JsonView atText={toText} />}
              </Suspense>
              <FindingsList current={current} unreachable={unreachable} />
            </div>
            <Panel onBack={view === "outline" ? backToTree : null} />
          </div>
          <VisuallyHidden role="status">{said}</VisuallyHidden>
          <Group>
            <LeaveGuard isDirty={() => unread !== null || definition.isDirty()} />
            <ConflictDialog saving={saving} />
            <PublishDialog
              opened={publishing}
              onClose={() => setPublishing(false)}
              flow={{ key, title, revision: definition.revision, definition: definition.value }}
              dirty={definition.dirty}
              unread={unread !== null}
              errors={findings.filter(({ severity }) => severity === "error").length}
            />
          </Group>
        </Frame>
      </SchemaFieldProvider>
    </FlowEditingProvider>
  );
}

function titleOf(definition: unknown): string {
  const title = isPlain(definition) ? definition.title : undefined;
  return typeof title === "string" ? title : isPlain(title) ? String(Object.values(title)[0] ?? "") : "";
}

import { Button, Group, Stack, Text } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { problemSentence } from "../api/problem-sentence.ts";
import { Dialog } from "../page/dialog.tsx";
import { DialogEnd } from "../page/dialog-end.tsx";
import { Notice } from "../page/notice.tsx";
import classes from "../page/page.module.css";
import { tell } from "../page/tell.ts";
import { a } from "../strings/words.ts";
import type { Editing } from "./use-editing.ts";

type SaveBarProps<S> = {
  editing: Editing<S>;
  saveLabel?: string;
  savedMessage: string;
  /** Pages below this path (below `/admin/`) show the same form: going there keeps what is typed. */
  within: string;
  onSaved?: () => void;
  /** A pointer as people call it, for errors that are not on the part of the page that is seen. */
  nameOf?: (pointer: string) => string;
};

/** Says that something is not saved, saves it, tells what is wrong, and stands in the way of leaving by accident. */
export function SaveBar<S>({ editing, saveLabel, savedMessage, within, onSaved, nameOf }: SaveBarProps<S>) {
  const blocker = useBlocker({
    shouldBlockFn: ({ next }) => editing.isDirty() && !isWithin(next.pathname, within),
    enableBeforeUnload: () => editing.isDirty(),
    withResolver: true,
  });
  const save = async () => {
    if (!(await editing.save())) return false;
    tell(savedMessage);
    onSaved?.();
    return true;
  };
  const wrong = Object.entries(editing.errors);
  return (
    <>
      {editing.problem && (
        <Notice tone="bad" title={a("save.refused")} loud>
          {problemSentence(editing.problem)}
        </Notice>
      )}
      {editing.conflict && <Conflict editing={editing} />}
      {(editing.dirty || editing.isNew || wrong.length > 0) && (
        <section className={classes.saveBar} aria-label={a("save.label")}>
          <div role="status">
            {wrong.length > 0 ? (
              <Text fz="sm" c="var(--clew-bad)">
                {a("save.wrong", { count: wrong.length })}
                {nameOf &&
                  ` ${wrong
                    .slice(0, 3)
                    .map(([pointer]) => nameOf(pointer))
                    .join(", ")}`}
              </Text>
            ) : (
              <Text fz="sm" c="dimmed">
                {editing.isNew ? a("save.new") : a("save.unsaved")}
              </Text>
            )}
          </div>
          <Group gap="xs">
            {!editing.isNew && (
              <Button variant="default" onClick={editing.discard} disabled={editing.saving}>
                {a("save.discard")}
              </Button>
            )}
            <Button onClick={() => void save()} loading={editing.saving}>
              {saveLabel ?? a("save.save")}
            </Button>
          </Group>
        </section>
      )}
      <Dialog opened={blocker.status === "blocked"} onClose={() => blocker.reset?.()} title={a("leave.title")}>
        <Stack>
          <Text fz="sm">{a("leave.about")}</Text>
          <DialogEnd back={{ word: a("leave.stay"), go: () => blocker.reset?.(), first: true }}>
            <Button variant="light" color="red" onClick={() => blocker.proceed?.()}>
              {a("leave.leave")}
            </Button>
            <Button
              loading={editing.saving}
              onClick={async () => ((await editing.save()) ? blocker.proceed?.() : blocker.reset?.())}
            >
              {a("leave.save")}
            </Button>
          </DialogEnd>
        </Stack>
      </Dialog>
    </>
  );
}

function Conflict<S>({ editing }: { editing: Editing<S> }) {
  return (
    <Notice tone="warn" title={a("conflict.title")} loud>
      <Text fz="sm" mb="sm">
        {a("conflict.about")}
      </Text>
      <Group gap="xs">
        <Button size="xs" onClick={editing.keepMine}>
          {a("conflict.keep")}
        </Button>
        <Button size="xs" variant="default" onClick={editing.takeTheirs}>
          {a("conflict.theirs")}
        </Button>
      </Group>
    </Notice>
  );
}

function isWithin(pathname: string, within: string): boolean {
  const path = pathname.replace(/^.*?\/admin\//, "");
  return path === within || path.startsWith(`${within}/`);
}

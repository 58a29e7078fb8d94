import { Button, Group, Text } from "@mantine/core";
import { useFlowEditing } from "../editor/editing.tsx";
import { f } from "../strings/words.ts";
import classes from "./json-view.module.css";

type UnreadNoticeProps = {
  /** The way back to the text; absent over the text itself. */
  onShow?(): void;
  /** It was dropped, and the button with the focus is gone. */
  onGone(): void;
};

/** Tells of text that cannot be read: over the text itself what is wrong, elsewhere also the way back to it. */
export function UnreadNotice({ onShow, onGone }: UnreadNoticeProps) {
  const { definition, unread, keepUnread, say } = useFlowEditing();
  if (!unread) return null;
  const isOlder = unread.about !== definition;
  const drop = () => {
    keepUnread(null);
    say(f("json.dropped"));
    onGone();
  };
  return (
    <div className={classes.unread}>
      <Text fz="sm" className={classes.broken} role="status">
        {f(onShow ? "json.kept" : "json.broken", { why: unread.why })}
        {isOlder && ` ${f("json.older")}`}
      </Text>
      {(onShow || isOlder) && (
        <Group gap="xs">
          {onShow && (
            <Button size="xs" variant="default" onClick={onShow}>
              {f("json.back")}
            </Button>
          )}
          <Button size="xs" variant="subtle" color="red" onClick={drop}>
            {f("json.drop")}
          </Button>
        </Group>
      )}
    </div>
  );
}

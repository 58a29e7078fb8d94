import type { OpenConversation } from "@clew/client/agent";
import type { FormEntry } from "@clew/contract/flows/entries";
import { Button, Popover, Text } from "@mantine/core";
import { useState } from "react";
import { CustomerWords } from "../conversation/customer-words.tsx";
import { useTry } from "../conversation/use-try.ts";
import { t } from "../strings/strings.ts";
import classes from "./mirror.module.css";
import { SendBack } from "./send-back.tsx";

type Props = {
  entry: FormEntry;
  handle: OpenConversation;
  /** What a remark can be about. */
  fields: readonly { field: string; label: string }[];
};

const MORE_MS = 10 * 60_000;

/** What an agent can do about a form as a whole. */
export function FormActions({ entry, handle, fields }: Props) {
  const [busy, attempt] = useTry();
  const [closing, setClosing] = useState(false);
  const [words, setWords] = useState("");
  return (
    <div className={classes.actions}>
      {entry.state === "open" && entry.expiresAt !== null && (
        <Button
          size="compact-xs"
          variant="default"
          disabled={busy}
          onClick={() => void attempt(() => handle.extendForm(entry.id, MORE_MS))}
        >
          {t("mirror.more")}
        </Button>
      )}
      {entry.state === "open" && (
        <Popover opened={closing} onChange={setClosing} width={260} position="bottom-start" withArrow trapFocus>
          <Popover.Target>
            <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setClosing(!closing)}>
              {t("mirror.close")}
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label={t("mirror.close")}>
            <Text size="sm" mb="xs">
              {t("mirror.closeSure")}
            </Text>
            <CustomerWords size="xs" mb="xs" label={t("mirror.closeWords")} words={words} change={setWords} />
            <span className={classes.row}>
              <Button size="xs" variant="default" onClick={() => setClosing(false)}>
                {t("app.cancel")}
              </Button>
              <Button
                size="xs"
                color="red"
                loading={busy}
                onClick={async () => {
                  if (await attempt(() => handle.cancelForm(entry.id, words.trim() || undefined))) setClosing(false);
                }}
              >
                {t("mirror.closeYes")}
              </Button>
            </span>
          </Popover.Dropdown>
        </Popover>
      )}
      {entry.state === "submitted" && <SendBack entry={entry} handle={handle} fields={fields} />}
    </div>
  );
}

import type { OpenConversation } from "@clew/client/agent";
import type { FormEntry } from "@clew/contract/flows/entries";
import { Button, Checkbox, Modal, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTry } from "../conversation/use-try.ts";
import { t } from "../strings/strings.ts";

type Props = {
  entry: FormEntry;
  handle: OpenConversation;
  /** What a remark can be about, where there is no receipt yet. */
  fields?: readonly { field: string; label: string }[];
};

/** A form that was sent goes back to the customer with a remark, for as long as its conversation is served. */
export function SendBack({ entry, handle, fields: asked = [] }: Props) {
  const [opened, setOpened] = useState(false);
  const fields = entry.receipt?.answers ?? asked;
  const [text, setText] = useState("");
  const [about, setAbout] = useState<string[]>([]);
  const [busy, attempt] = useTry();
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!(await attempt(() => handle.sendBackForm(entry.id, text.trim(), about)))) return;
    setText("");
    setAbout([]);
    setOpened(false);
  }
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setOpened(true)}>
        {t("mirror.sendBack")}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t("mirror.sendBackTitle")}
        closeButtonProps={{ "aria-label": t("app.close") }}
      >
        <form onSubmit={submit}>
          <Stack gap="sm">
            <Text size="sm" c="dimmed">
              {t("mirror.sendBackAbout")}
            </Text>
            <Textarea
              label={t("mirror.remark")}
              value={text}
              maxLength={1000}
              autosize
              minRows={2}
              data-autofocus
              onChange={(event) => setText(event.currentTarget.value)}
            />
            {fields.length > 0 && (
              <Checkbox.Group label={t("mirror.whichFields")} value={about} onChange={setAbout}>
                <Stack gap={6} mt={4}>
                  {fields.map(({ field, label }) => (
                    <Checkbox key={field} value={field} label={label} size="xs" />
                  ))}
                </Stack>
              </Checkbox.Group>
            )}
            <Button type="submit" loading={busy} disabled={text.trim() === ""}>
              {t("mirror.sendBack")}
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}

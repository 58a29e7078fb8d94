import type { OpenConversation } from "@clew/client/agent";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { FormEntry } from "@clew/contract/flows/entries";
import { Button, Group, Modal, Text } from "@mantine/core";
import { useState } from "react";
import { t } from "../strings/strings.ts";
import { type FormsAtEnd, OpenForms } from "./open-forms.tsx";
import { useTry } from "./use-try.ts";

type Props = {
  opened: boolean;
  onClose(): void;
  handle: OpenConversation;
  conversation: ConversationSnapshot;
  force: boolean;
};

/** Ends the session for both sides, after saying what that means on this kind of channel. */
export function EndDialog(props: Props) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t(props.force ? "end.forceTitle" : "end.title")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <End {...props} />
    </Modal>
  );
}

function End({ onClose, handle, conversation }: Props) {
  const closes = conversation.kind === "session-based";
  const forms = (conversation.forms ?? []).filter(({ state }) => state === "open");
  const [chosen, choose] = useState<FormsAtEnd>({ close: closes, words: "" });
  const [busy, attempt] = useTry();
  async function end(): Promise<void> {
    // Where the end closes them anyway, they are closed before it only to say why.
    const first = chosen.close && (!closes || chosen.words.trim());
    if (first && !(await attempt(() => closed(handle, forms, chosen.words.trim())))) return;
    if (await attempt(() => handle.end())) onClose();
  }
  return (
    <>
      <Text size="sm">{t(`end.means.${conversation.kind}`)}</Text>
      {forms.length > 0 && <OpenForms {...{ forms, closes, chosen, choose }} />}
      <Text size="sm" c="dimmed" mt="xs">
        {t("end.notClose")}
      </Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button color="red" loading={busy} onClick={end} data-autofocus>
          {t("end.confirm")}
        </Button>
      </Group>
    </>
  );
}

/** A form that is over already needs no closing: the customer was quicker. */
async function closed(handle: OpenConversation, forms: readonly FormEntry[], words: string) {
  const answers = await Promise.all(forms.map(({ id }) => handle.cancelForm(id, words || undefined)));
  const failed = answers.find((answer) => !answer.ok && answer.problem.code !== "form-closed");
  return failed ?? { ok: true as const };
}

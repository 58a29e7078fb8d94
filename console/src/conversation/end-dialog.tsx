import type { OpenConversation } from "@clew/client/agent";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import { Button, Group, Modal, Text } from "@mantine/core";
import { t } from "../strings/strings.ts";
import { useTry } from "./use-try.ts";

type Props = {
  opened: boolean;
  onClose(): void;
  handle: OpenConversation;
  conversation: ConversationSnapshot;
  force: boolean;
};

/** Ends the session for both sides, after saying what that means on this kind of channel. */
export function EndDialog({ opened, onClose, handle, conversation, force }: Props) {
  const [busy, attempt] = useTry();
  const end = async () => (await attempt(() => handle.end())) && onClose();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(force ? "end.forceTitle" : "end.title")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <Text size="sm">{t(`end.means.${conversation.kind}`)}</Text>
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
    </Modal>
  );
}

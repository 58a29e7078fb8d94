import type { OpenConversation } from "@clew/client/agent";
import { Modal } from "@mantine/core";
import { t } from "../strings/strings.ts";
import { AgentChoice } from "./agent-choice.tsx";
import { useTry } from "./use-try.ts";

/** A supervisor gives a session to an agent, whatever that agent's capacity is. */
export function AssignDialog({
  opened,
  onClose,
  handle,
}: {
  opened: boolean;
  onClose(): void;
  handle: OpenConversation;
}) {
  const [busy, attempt] = useTry();
  const choose = async (agentId: string) => (await attempt(() => handle.take(agentId))) && onClose();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("action.assign")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <AgentChoice disabled={busy} onChoose={choose} />
    </Modal>
  );
}

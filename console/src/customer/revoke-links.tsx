import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconUnlink } from "@tabler/icons-react";
import { useTry } from "../conversation/use-try.ts";
import { useDesk } from "../desk.tsx";
import { t } from "../strings/strings.ts";

/** Makes every link that leads back to a conversation worthless, as when one has come into wrong hands. */
export function RevokeLinks({ conversationId }: { conversationId: string }) {
  const desk = useDesk();
  const [busy, attempt] = useTry();
  const revoke = () =>
    attempt(async () => {
      const result = await desk.request("revokeLinks", { params: { id: conversationId } });
      if (result.ok) notifications.show({ message: t("links.revoked") });
      return result;
    });
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      leftSection={<IconUnlink size={14} />}
      loading={busy}
      onClick={revoke}
      ml={-8}
    >
      {t("links.revoke")}
    </Button>
  );
}

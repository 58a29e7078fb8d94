import { Button, Group, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconEraser } from "@tabler/icons-react";
import { useTry } from "../conversation/use-try.ts";
import { useDesk } from "../desk.tsx";
import { t } from "../strings/strings.ts";

/** For admins: takes everything of a customer away, after saying what that means. */
export function EraseCustomer({ customerId }: { customerId: string }) {
  const desk = useDesk();
  const [opened, { open, close }] = useDisclosure(false);
  const [busy, attempt] = useTry();
  async function erase() {
    const erased = await attempt(async () => {
      const result = await desk.request("eraseCustomer", { params: { id: customerId } });
      if (result.ok) notifications.show({ message: t("erase.done", result.value) });
      return result;
    });
    if (erased) close();
  }
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        size="compact-sm"
        leftSection={<IconEraser size={14} />}
        onClick={open}
        ml={-8}
      >
        {t("erase.open")}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t("erase.title")}
        closeButtonProps={{ "aria-label": t("app.close") }}
      >
        <Text size="sm">{t("erase.means")}</Text>
        <Text size="sm" fw={600} mt="xs">
          {t("erase.noWayBack")}
        </Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={close} data-autofocus>
            {t("app.cancel")}
          </Button>
          <Button color="red" loading={busy} onClick={erase}>
            {t("erase.confirm")}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

import { Alert, Button, Group, Modal, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useDesk } from "../desk.tsx";
import { failureText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import { MIN_PASSWORD } from "./password.ts";

export function ChangePassword({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const desk = useDesk();
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm({
    initialValues: { current: "", next: "" },
    validate: {
      current: (value) => (value === "" ? t("signIn.passwordMissing") : null),
      next: (value) => (value.length < MIN_PASSWORD ? t("password.tooShort", { least: MIN_PASSWORD }) : null),
    },
  });
  function close() {
    form.reset();
    setFailure(null);
    onClose();
  }
  const submit = form.onSubmit(async (values) => {
    const result = await desk.request("changePassword", { body: values });
    if (!result.ok) return setFailure(failureText(result));
    notifications.show({ message: t("password.changed"), color: "green" });
    close();
  });
  const eye = { visibilityToggleButtonProps: { "aria-label": t("signIn.showPassword") } };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t("password.title")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          {failure && (
            <Alert color="red" role="alert" p="xs">
              {failure}
            </Alert>
          )}
          <PasswordInput
            label={t("password.current")}
            autoComplete="current-password"
            data-autofocus
            {...eye}
            {...form.getInputProps("current")}
          />
          <PasswordInput
            label={t("password.next")}
            description={t("password.hint", { least: MIN_PASSWORD })}
            autoComplete="new-password"
            {...eye}
            {...form.getInputProps("next")}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t("app.cancel")}
            </Button>
            <Button type="submit">{t("password.submit")}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

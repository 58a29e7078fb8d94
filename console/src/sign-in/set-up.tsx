import type { Problem } from "@clew/contract/problems";
import { Alert, Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useDesk } from "../desk.tsx";
import { problemText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import { Frame } from "./frame.tsx";
import { MIN_PASSWORD } from "./password.ts";
import classes from "./sign-in.module.css";

/** The first visit: the one-time code of the terminal makes the organisation and its first admin. */
export function SetUp() {
  const desk = useDesk();
  const [failure, setFailure] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const filled = (value: string) => (value.trim() === "" ? t("setUp.missing") : null);
  const form = useForm({
    initialValues: { code: "", organisation: "", name: "", email: "", password: "" },
    validate: {
      code: filled,
      organisation: filled,
      name: filled,
      email: (value) => (/^[^@\s]+@[^@\s]+$/.test(value) ? null : t("signIn.emailWrong")),
      password: (value) => (value.length < MIN_PASSWORD ? t("password.tooShort", { least: MIN_PASSWORD }) : null),
    },
  });
  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    const result = await desk.setup({ ...values, code: values.code.trim(), email: values.email.trim() });
    setBusy(false);
    setFailure(result.ok ? null : result.problem);
  });
  return (
    <Frame title={t("setUp.title")} intro={t("setUp.intro")}>
      <form className={classes.form} onSubmit={submit} noValidate>
        {failure && (
          <Alert color="red" variant="light" role="alert" p="xs">
            {problemText(failure)}
          </Alert>
        )}
        <TextInput
          label={t("setUp.code")}
          description={t("setUp.codeHint")}
          autoComplete="one-time-code"
          autoFocus
          {...form.getInputProps("code")}
        />
        <TextInput
          label={t("setUp.organisation")}
          autoComplete="organization"
          maxLength={80}
          {...form.getInputProps("organisation")}
        />
        <TextInput label={t("setUp.name")} autoComplete="name" maxLength={80} {...form.getInputProps("name")} />
        <TextInput label={t("signIn.email")} type="email" autoComplete="username" {...form.getInputProps("email")} />
        <PasswordInput
          label={t("signIn.password")}
          description={t("password.hint", { least: MIN_PASSWORD })}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
          {...form.getInputProps("password")}
        />
        <Button type="submit" loading={busy} fullWidth>
          {t("setUp.submit")}
        </Button>
      </form>
    </Frame>
  );
}

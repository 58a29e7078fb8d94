import type { Problem } from "@clew/contract/problems";
import { Alert, Button, PasswordInput, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useDesk } from "../desk.tsx";
import { problemText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import { Frame } from "./frame.tsx";
import classes from "./sign-in.module.css";

/** E-mail and password. `problem` says why somebody who was signed in no longer is. */
export function SignIn({ demo, problem }: { demo: boolean; problem: Problem | null }) {
  const desk = useDesk();
  const [failure, setFailure] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { email: "", password: "" },
    validate: {
      email: (value) => (/^[^@\s]+@[^@\s]+$/.test(value) ? null : t("signIn.emailWrong")),
      password: (value) => (value === "" ? t("signIn.passwordMissing") : null),
    },
  });
  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    const result = await desk.signIn({ ...values, email: values.email.trim() });
    setBusy(false);
    setFailure(result.ok ? null : result.problem);
  });
  const shown = failure ?? problem;
  return (
    <Frame title={t("signIn.title")} intro={t("signIn.intro")}>
      <form className={classes.form} onSubmit={submit} noValidate>
        {shown && (
          <Alert color="red" variant="light" role="alert" p="xs">
            {problemText(shown)}
          </Alert>
        )}
        <TextInput
          label={t("signIn.email")}
          type="email"
          autoComplete="username"
          autoFocus
          {...form.getInputProps("email")}
        />
        <PasswordInput
          label={t("signIn.password")}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
          {...form.getInputProps("password")}
        />
        <Button type="submit" loading={busy} fullWidth>
          {t("signIn.submit")}
        </Button>
        {demo && (
          <Text size="sm" c="dimmed">
            {t("signIn.demo")}
          </Text>
        )}
      </form>
    </Frame>
  );
}

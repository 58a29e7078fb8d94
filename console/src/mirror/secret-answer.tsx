import { FORM_SECRET_MS } from "@clew/contract/limits";
import { Button, Modal, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { useServerNow } from "../clock/use-server-now.ts";
import { useDesk, useViewer } from "../desk.tsx";
import { failureText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import classes from "./mirror.module.css";

/** An answer that was opened is on the screen for so long, in milliseconds; to see it again takes a reason again. */
const SHOWN_MS = 30_000;
const LEAST_REASON = 3;

type Props = {
  of: { id: string; formId: string };
  field: string;
  label: string;
  sentAt: number;
};

/**
 * The way to what a customer gave in confidence, for who may open it and while it may still be kept. The answer is nowhere
 * but in this part of the screen, and goes with it.
 */
export function SecretAnswer({ of, field, label, sentAt }: Props) {
  const viewer = useViewer();
  const now = useServerNow(60);
  const [asking, setAsking] = useState(false);
  const [value, setValue] = useState<string | null>(null);
  useEffect(() => {
    if (value === null) return;
    const hide = () => setValue(null);
    const timer = setTimeout(hide, SHOWN_MS);
    document.addEventListener("visibilitychange", hide);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", hide);
    };
  }, [value]);
  if (!viewer.supervisor || now >= sentAt + FORM_SECRET_MS) return null;
  if (value !== null)
    return (
      <span className={classes.opened}>
        <span role="status">
          <bdi>{value}</bdi>
          <span className={classes.quiet}>{t("mirror.secretShown", { seconds: SHOWN_MS / 1_000 })}</span>
        </span>
        <Button size="compact-xs" variant="default" onClick={() => setValue(null)}>
          {t("mirror.secretHide")}
        </Button>
      </span>
    );
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        aria-label={t("mirror.secretOpenOf", { field: label })}
        onClick={() => setAsking(true)}
      >
        {t("mirror.secretOpen")}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("mirror.secretOpenOf", { field: label })}
        closeButtonProps={{ "aria-label": t("app.close") }}
      >
        <Reason
          {...{ of, field }}
          done={(opened) => {
            setValue(opened);
            setAsking(false);
          }}
        />
      </Modal>
    </>
  );
}

/** Why it is opened: without a reason nobody reads it. */
function Reason({ of, field, done }: Pick<Props, "of" | "field"> & { done(value: string): void }) {
  const desk = useDesk();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    const answer = await desk.request("openFormSecret", { params: of, body: { field, reason: reason.trim() } });
    setBusy(false);
    if (answer.ok) done(answer.value.value);
    else setFailure(answer.problem.code === "not-found" ? t("mirror.secretGone") : failureText(answer));
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t("mirror.secretAbout", { seconds: SHOWN_MS / 1_000 })}
        </Text>
        <Textarea
          label={t("mirror.secretReason")}
          value={reason}
          maxLength={500}
          autosize
          minRows={2}
          dir="auto"
          data-autofocus
          error={failure}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy} disabled={reason.trim().length < LEAST_REASON}>
          {t("mirror.secretOpen")}
        </Button>
      </Stack>
    </form>
  );
}

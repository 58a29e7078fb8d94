import type { Agent } from "@clew/contract/agents";
import { Button, PasswordInput, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { problemOf, useAsk } from "../api/admin-api.tsx";
import { problemSentence } from "../api/problem-sentence.ts";
import { Dialog } from "../page/dialog.tsx";
import { DialogEnd } from "../page/dialog-end.tsx";
import { tell } from "../page/tell.ts";
import { a } from "../strings/words.ts";
import { isPassword } from "./check-agent.ts";

/** Sets a password for somebody who has forgotten theirs. */
export function ResetPassword({ agent }: { agent: Agent }) {
  const ask = useAsk();
  const [opened, setOpened] = useState(false);
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const close = () => {
    setOpened(false);
    setPassword("");
    setTried(false);
    setRefusal(null);
  };
  const set = async () => {
    setTried(true);
    if (!isPassword(password)) return;
    setBusy(true);
    try {
      await ask("resetPassword", { params: { id: agent.id }, body: { password } });
      tell(a("password.done", { name: agent.name }));
      close();
    } catch (thrown) {
      setRefusal(problemSentence(problemOf(thrown)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {a("password.reset")}
      </Button>
      <Dialog opened={opened} onClose={close} title={a("password.title", { name: agent.name })}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void set();
          }}
        >
          <Stack>
            <Text fz="sm">{a("password.about")}</Text>
            <PasswordInput
              label={a("password.new")}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              error={tried && !isPassword(password) ? a("check.password") : undefined}
              autoComplete="new-password"
              data-autofocus
            />
            <DialogEnd refusal={refusal} back={{ word: a("dialog.cancel"), go: close }}>
              <Button type="submit" loading={busy}>
                {a("password.set")}
              </Button>
            </DialogEnd>
          </Stack>
        </form>
      </Dialog>
    </>
  );
}

import type { ApiKey, ApiScope } from "@clew/contract/agents";
import { Badge, Button, Checkbox, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf, useAsk } from "../api/admin-api.tsx";
import { useItems } from "../api/items.ts";
import { problemSentence } from "../api/problem-sentence.ts";
import channels from "../channels/channels.module.css";
import { DeleteButton } from "../editing/delete-button.tsx";
import { CodeBlock } from "../page/code-block.tsx";
import { Dialog } from "../page/dialog.tsx";
import { DialogEnd } from "../page/dialog-end.tsx";
import { Empty } from "../page/empty.tsx";
import { Notice } from "../page/notice.tsx";
import rows from "../page/page.module.css";
import { Page, Read } from "../page/page.tsx";
import { date, dateTime } from "../strings/dates.ts";
import { a } from "../strings/words.ts";

const SCOPES: readonly ApiScope[] = [
  "conversations:read",
  "conversations:write",
  "configuration:read",
  "configuration:write",
];

export function KeysPage() {
  const keys = useItems("ApiKey");
  const [making, setMaking] = useState(false);
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
      {a("keys.new")}
    </Button>
  );
  return (
    <Page title={a("nav.keys")} about={a("keys.about")} actions={keys.data?.length ? add : undefined}>
      <Read query={keys}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={IconKey} title={a("keys.empty")} about={a("keys.emptyAbout")} action={add} />
          ) : (
            <ul className={rows.rows} aria-label={a("nav.keys")}>
              {items.map((key) => (
                <KeyRow key={key.id} apiKey={key} />
              ))}
            </ul>
          )
        }
      </Read>
      <Dialog
        opened={making}
        onClose={() => setMaking(false)}
        title={a("keys.new")}
        closeOnClickOutside={false}
        size="lg"
      >
        {making && <NewKey close={() => setMaking(false)} />}
      </Dialog>
    </Page>
  );
}

function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const ask = useAsk();
  const queries = useQueryClient();
  return (
    <li className={channels.deployment}>
      <div style={{ minWidth: 0 }}>
        <Text fw={550} style={{ overflowWrap: "anywhere" }}>
          {apiKey.name}
        </Text>
        <Text fz="sm" c="dimmed">
          {a("keys.made", { date: date(apiKey.createdAt) })} ·{" "}
          {apiKey.lastUsedAt === null ? a("keys.neverUsed") : a("keys.used", { date: dateTime(apiKey.lastUsedAt) })}
        </Text>
      </div>
      <Group gap="xs">
        {apiKey.scopes.map((scope) => (
          <Badge key={scope} variant="default" tt="none">
            {scope}
          </Badge>
        ))}
        <DeleteButton
          what={apiKey.name}
          label={a("keys.revoke")}
          about={a("keys.revokeAbout")}
          remove={() => ask("revokeApiKey", { params: { id: apiKey.id } })}
          onRemoved={() => void queries.invalidateQueries({ queryKey: ["admin", "ApiKey"] })}
        />
      </Group>
    </li>
  );
}

/** Makes a key; its secret is on the screen until this closes, and never again. */
function NewKey({ close }: { close(): void }) {
  const ask = useAsk();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<string[]>(["conversations:read"]);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const make = async () => {
    setTried(true);
    if (name.trim() === "" || scopes.length === 0) return;
    setBusy(true);
    try {
      const made = await ask<{ key: ApiKey; secret: string }>("createApiKey", { body: { name, scopes } });
      setSecret(made.secret);
      void queries.invalidateQueries({ queryKey: ["admin", "ApiKey"] });
    } catch (thrown) {
      setRefusal(problemSentence(problemOf(thrown)));
    } finally {
      setBusy(false);
    }
  };
  if (secret !== null) {
    return (
      <Stack>
        <Notice tone="warn" title={a("keys.once")}>
          {a("keys.onceAbout")}
        </Notice>
        <CodeBlock code={secret} label={a("keys.secret")} />
        <Group justify="flex-end">
          <Button onClick={close}>{a("keys.done")}</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <Stack>
        <TextInput
          label={a("queue.name")}
          description={a("keys.nameAbout")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={tried && name.trim() === "" ? a("check.required") : undefined}
          maxLength={80}
          data-autofocus
        />
        <Checkbox.Group
          label={a("keys.scopes")}
          value={scopes}
          onChange={setScopes}
          error={tried && scopes.length === 0 ? a("keys.noScope") : undefined}
        >
          <Stack gap="xs" mt={6}>
            {SCOPES.map((scope) => (
              <Checkbox key={scope} value={scope} label={a(`scope.${scope}`)} description={scope} />
            ))}
          </Stack>
        </Checkbox.Group>
        <DialogEnd refusal={refusal} back={{ word: a("dialog.cancel"), go: close }}>
          <Button type="submit" loading={busy}>
            {a("keys.make")}
          </Button>
        </DialogEnd>
      </Stack>
    </form>
  );
}

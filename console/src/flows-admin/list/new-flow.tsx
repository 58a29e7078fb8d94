import type { FlowDraft } from "@clew/contract/flows/versions";
import { KEY_PATTERN } from "@clew/contract/flows/words";
import { Button, Radio, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { problemOf, useAsk } from "../../admin/api/admin-api.tsx";
import { problemSentence } from "../../admin/api/problem-sentence.ts";
import { Dialog } from "../../admin/page/dialog.tsx";
import { DialogEnd } from "../../admin/page/dialog-end.tsx";
import { useFlowsChanged } from "../flow-queries.ts";
import { flowFrom, keyFrom, TEMPLATES, type TemplateName } from "../model/templates.ts";
import { useGoToFlow } from "../page/flow-link.tsx";
import { f } from "../strings/words.ts";

type NewFlowProps = { opened: boolean; taken: string[]; onClose(): void };

/** Asks what the flow is for and what it is called, makes its draft from a template and opens it. */
export function NewFlow({ opened, taken, onClose }: NewFlowProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title={f("new.title")} size="lg">
      <NewFlowForm taken={taken} onClose={onClose} />
    </Dialog>
  );
}

function NewFlowForm({ taken, onClose }: Omit<NewFlowProps, "opened">) {
  const ask = useAsk();
  const go = useGoToFlow();
  const changed = useFlowsChanged();
  const [template, setTemplate] = useState<TemplateName>("routing");
  const [title, setTitle] = useState("");
  const [typedKey, setTypedKey] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const key = typedKey ?? keyFrom(template, title);
  const titleError = title.trim() === "" ? f("new.needed") : null;
  const keyError = taken.includes(key)
    ? f("new.keyTaken")
    : new RegExp(KEY_PATTERN).test(key)
      ? null
      : f("new.keyWrong");
  const create = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (titleError || keyError) return;
    setBusy(true);
    try {
      const definition = flowFrom(template, key, title.trim());
      await ask<FlowDraft>("saveFlowDraft", { params: { key }, body: { definition, revision: 0 } });
      await changed();
      go(key);
    } catch (thrown) {
      setRefusal(problemSentence(problemOf(thrown)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void create(event)} noValidate>
      <Stack>
        <TextInput
          label={f("new.name")}
          value={title}
          maxLength={120}
          data-autofocus
          error={tried && titleError}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Radio.Group
          label={f("new.template")}
          value={template}
          onChange={(value) => setTemplate(value as TemplateName)}
        >
          <Stack gap="xs" mt="xs">
            {TEMPLATES.map((name) => (
              <Radio key={name} value={name} label={f(`template.${name}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          label={f("new.key")}
          description={f("new.keyAbout")}
          value={key}
          error={tried && keyError}
          onChange={(event) => setTypedKey(event.currentTarget.value)}
        />
        <DialogEnd refusal={refusal} back={{ word: f("new.cancel"), go: onClose }}>
          <Button type="submit" loading={busy}>
            {f("new.create")}
          </Button>
        </DialogEnd>
      </Stack>
    </form>
  );
}

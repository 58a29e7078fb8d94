import type { OpenConversation } from "@clew/client/agent";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import { Button, Group, Modal, SegmentedControl, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { age } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import { useQueueStates, useQueues, useSkills } from "../queries.ts";
import { t } from "../strings/strings.ts";
import { AgentChoice } from "./agent-choice.tsx";
import classes from "./choice.module.css";
import { useTry } from "./use-try.ts";

type Props = { opened: boolean; onClose(): void; handle: OpenConversation; conversation: ConversationSnapshot };
type Kind = "agent" | "queue" | "skill";

/** Hands a session to an agent, a queue or whoever has a skill, with a note for them. */
export function TransferDialog(props: Props) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t("transfer.title")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <Transfer {...props} />
    </Modal>
  );
}

function Transfer({ onClose, handle, conversation }: Props) {
  const [kind, setKind] = useState<Kind>("agent");
  const [id, setId] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const [busy, attempt] = useTry();
  const owner = conversation.session?.agent?.id;
  async function transfer() {
    if (id === null) return;
    if (await attempt(() => handle.transfer({ kind, id }, note.trim() || undefined))) onClose();
  }
  return (
    <>
      <SegmentedControl
        fullWidth
        size="xs"
        mb="sm"
        value={kind}
        onChange={(value) => {
          setKind(value as Kind);
          setId(null);
        }}
        data={(["agent", "queue", "skill"] as const).map((value) => ({ value, label: t(`transfer.${value}`) }))}
      />
      {kind === "agent" && <AgentChoice except={owner} chosen={id} onChoose={setId} />}
      {kind === "queue" && <QueueChoice chosen={id} onChoose={setId} />}
      {kind === "skill" && <SkillChoice chosen={id} onChoose={setId} />}
      <Textarea
        label={t("transfer.note")}
        description={t("transfer.noteHint")}
        value={note}
        maxLength={2000}
        autosize
        minRows={2}
        maxRows={5}
        mt="sm"
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button disabled={id === null} loading={busy} onClick={transfer}>
          {t("transfer.confirm")}
        </Button>
      </Group>
    </>
  );
}

type ChoiceProps = { chosen: string | null; onChoose(id: string): void };

function QueueChoice({ chosen, onChoose }: ChoiceProps) {
  const queues = useQueues();
  const states = useQueueStates().data?.items ?? [];
  const now = useServerNow(5);
  return (
    <div className={classes.list}>
      {queues.map((queue) => {
        const state = states.find(({ queueId }) => queueId === queue.id);
        return (
          <button
            key={queue.id}
            type="button"
            className={classes.choice}
            aria-pressed={chosen === queue.id}
            onClick={() => onChoose(queue.id)}
          >
            <span className={classes.name}>{queue.name}</span>
            <Text span size="xs" c="dimmed">
              {state && t("transfer.waiting", { count: state.waiting })}
              {state?.oldestWaitingSince != null &&
                ` · ${t("transfer.oldest", { time: age(state.oldestWaitingSince, now) })}`}
              {state && ` · ${t("transfer.available", { count: state.available })}`}
            </Text>
          </button>
        );
      })}
    </div>
  );
}

function SkillChoice({ chosen, onChoose }: ChoiceProps) {
  const skills = useSkills();
  if (skills.length === 0)
    return (
      <Text size="sm" c="dimmed" p="md" ta="center">
        {t("transfer.noSkills")}
      </Text>
    );
  return (
    <div className={classes.list}>
      {skills.map((skill) => (
        <button
          key={skill.id}
          type="button"
          className={classes.choice}
          aria-pressed={chosen === skill.id}
          onClick={() => onChoose(skill.id)}
        >
          <span className={classes.name}>{skill.name}</span>
        </button>
      ))}
    </div>
  );
}

import type { OpenConversation } from "@clew/client/agent";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { RunSummary } from "@clew/contract/flows/runs";
import { customerName } from "../customer/name.ts";
import { FormMirror } from "../mirror/form-mirror.tsx";
import { t } from "../strings/strings.ts";
import classes from "./run-panel.module.css";
import { isAtWork, useFormsHeld } from "./runs.ts";

type Props = { handle: OpenConversation; conversation: ConversationSnapshot; runs: readonly RunSummary[] };

/** Forms that the customer corrects though their flow has gone on, or has ended: no run's card shows them. */
export function SentBack({ handle, conversation, runs }: Props) {
  const held = useFormsHeld(runs.filter(isAtWork));
  const corrected = (conversation.forms ?? []).filter(
    ({ id, state, revision }) => state === "open" && revision > 1 && held !== null && !held.includes(id),
  );
  return corrected.map((entry) => (
    <article key={entry.id} className={classes.card}>
      <p className={classes.quiet}>{t("flows.goneOn")}</p>
      <FormMirror entry={entry} handle={handle} customer={customerName(conversation)} />
    </article>
  ));
}

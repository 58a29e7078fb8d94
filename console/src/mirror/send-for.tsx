import type { OpenConversation } from "@clew/client/agent";
import type { FormEntry } from "@clew/contract/flows/entries";
import type { LiveForm, LiveFormState } from "@clew/widget/flow-forms/live-form";
import { Button } from "@mantine/core";
import { useTry } from "../conversation/use-try.ts";
import { t } from "../strings/strings.ts";
import classes from "./mirror.module.css";

type Props = { form: LiveForm; state: LiveFormState; entry: FormEntry; handle: OpenConversation; customer: string };

/** For forms that the agent may send for a customer who dictates: through its pages, and off. */
export function SendFor({ form, state, entry, handle, customer }: Props) {
  const [busy, attempt] = useTry();
  if (!state.page) return null;
  const away = state.connection === "offline";
  return (
    <div className={classes.actions}>
      <p className={classes.quiet}>{t("mirror.sendForAbout", { name: customer })}</p>
      {state.page.back && (
        <Button size="compact-xs" variant="default" disabled={away} onClick={() => form.page("back")}>
          {t("mirror.pageBack")}
        </Button>
      )}
      {state.page.last ? (
        <Button
          size="compact-xs"
          loading={busy}
          disabled={away}
          onClick={() => void attempt(() => handle.submitForm(entry.id, entry.revision))}
        >
          {t("mirror.sendFor", { name: customer })}
        </Button>
      ) : (
        <Button size="compact-xs" disabled={away} onClick={() => form.page("next")}>
          {t("mirror.pageNext")}
        </Button>
      )}
    </div>
  );
}

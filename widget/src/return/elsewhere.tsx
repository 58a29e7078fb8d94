import type { ReconnectLink } from "@clew/client";
import { useEffect } from "preact/hooks";
import { useBox } from "../conversation/box.ts";
import { useChatWindow } from "../conversation/window-state.ts";
import { moment } from "../strings/times.ts";
import { Dialog } from "./dialog.tsx";
import { QrCode } from "./qr-code.tsx";

/** Takes the chat to another device: a link to copy, to have mailed, or to scan. */
export function Elsewhere() {
  const { say, chat, dialog, notice, speech } = useChatWindow();
  const link = useBox<ReconnectLink | null>(null);
  const copied = useBox(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one link is made when the dialog opens
  useEffect(() => {
    void chat.makeLink().then((made) => {
      if (made.ok) link.value = made.value;
      else {
        dialog.value = null;
        notice.value = { text: say("wentWrong"), tone: "error" };
      }
    });
  }, [chat]);
  const made = link.value;
  const until = made ? moment(made.expiresAt, chat.serverNow(), speech.value) : "…";
  const copy = async (url: string) => {
    // Without permission to write to the clipboard the address stays there to be marked and copied by hand.
    await navigator.clipboard?.writeText(url).then(
      () => {
        copied.value = true;
      },
      () => undefined,
    );
  };
  return (
    <Dialog title={say("elsewhere")} text={say("elsewhereText", { time: until })}>
      {made && <QrCode text={made.url} label={say("qrLabel")} />}
      <div class="elsewhere-link">
        <input readOnly dir="ltr" value={made?.url ?? ""} aria-label={say("copyLink")} />
        <button type="button" class="secondary" disabled={!made} onClick={() => made && void copy(made.url)}>
          <span role="status">{say(copied.value ? "copied" : "copyLink")}</span>
        </button>
      </div>
      <MailForm />
      <div class="return-buttons in-line">
        <button
          type="button"
          class="secondary"
          onClick={() => {
            dialog.value = null;
          }}
        >
          {say("dismiss")}
        </button>
      </div>
    </Dialog>
  );
}

function MailForm() {
  const { say, chat, lapsed } = useChatWindow();
  const address = useBox("");
  const told = useBox<string | null>(null);
  const busy = useBox(false);
  const send = async () => {
    busy.value = true;
    const email = address.value.trim();
    const sent = await chat.sendLink(email);
    busy.value = false;
    if (sent.ok) told.value = say("mailed", { email });
    else if (sent.problem.reason === "no-mail") told.value = say("noMail");
    else told.value = say(sent.problem.code === "invalid" ? "badEmail" : "wentWrong");
  };
  return (
    <form
      class="elsewhere-mail"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy.value && !lapsed.value) void send();
      }}
    >
      <label>
        <span>{say("mailTo")}</span>
        <input
          type="email"
          required
          maxLength={254}
          autocomplete="email"
          value={address.value}
          onInput={(event) => {
            address.value = event.currentTarget.value;
          }}
        />
      </label>
      <button type="submit" class="secondary" disabled={busy.value || lapsed.value}>
        {say("mailLink")}
      </button>
      <p role="status">{told.value}</p>
    </form>
  );
}

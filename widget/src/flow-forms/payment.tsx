import { type Due, dueOf, paymentReference } from "@clew/domain/flows/screens/payment-kind";
import { inWords } from "@clew/domain/flows/screens/words-of-problem";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ControlProps } from "./control-props.ts";
import { useForm } from "./form-context.ts";
import { addressOfPayment, paymentSaid } from "./payment-frame.ts";
import { type PaymentWord, paymentWord } from "./payment-words.ts";

/** A page that has said nothing for so long is not coming, in milliseconds. */
const SILENT_MS = 20_000;
/** Height of the frame until the page says its own, in CSS pixels: small, or a short page would be measured as tall. */
const HEIGHT = 160;

/**
 * closed (perhaps with how the last try ended) → loading (the page is asked for) → there (it has spoken) → closed. What
 * was paid is the field's value; what was paid before a reload, or elsewhere, comes without its token.
 */
type State = { open: false; told: PaymentWord | null } | { open: true; there: boolean; due: Due; height: number };

/** The provider's own page in a frame. What is typed there never reaches us; what comes back is a token. */
export function PaymentControl({ component, field, name, value, locked, change, attributes }: ControlProps<"payment">) {
  const { form, say, shown, state: whole, isJudged, words: others } = useForm();
  const [state, set] = useState<State>({ open: false, told: null });
  const frame = useRef<HTMLIFrameElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  /** Whoever was in the frame is led back to the button. */
  const back = useRef(false);
  const due = dueOf(component, field.seen, shown);
  const address = addressIn(whole.page?.payments?.[component.connector]);
  const reference = paymentReference(whole.entry.id, name);
  const money = ({ amount, currency }: Due) =>
    new Intl.NumberFormat(shown.locale, { style: "currency", currency }).format(amount as unknown as number);
  const words = (word: PaymentWord, of = due) => paymentWord(word, shown.locale, of ? money(of) : "");
  const paid = field.value as { amount: Due } | null;
  const close = (told: PaymentWord | null) => {
    const root = frame.current?.getRootNode() as Document | ShadowRoot | undefined;
    back.current = frame.current?.parentElement?.contains(root?.activeElement ?? null) === true;
    set({ open: false, told });
  };

  useEffect(() => {
    if (state.open) frame.current?.focus();
    else if (back.current) button.current?.focus();
    back.current = false;
  }, [state.open]);
  // The amount became another while the page was open: what would be paid there is not what is due.
  const stale = state.open && (due?.amount !== state.due.amount || due?.currency !== state.due.currency);
  useEffect(() => {
    if (stale) set({ open: false, told: null });
  }, [stale]);
  useEffect(() => {
    if (!state.open || !address) return;
    const { origin } = address;
    const hear = (event: MessageEvent) => {
      if (event.origin !== origin || event.source !== frame.current?.contentWindow) return;
      const said = paymentSaid(event.data, reference);
      if (!said) return;
      switch (said.said) {
        case "there":
          return set({ ...state, there: true });
        case "height":
          return set({ ...state, there: true, height: said.height });
        case "paid":
          change({ token: said.token, amount: state.due }, true);
          return close(null);
        case "cancelled":
          return close("cancelled");
        case "refused":
          if (!paid) form.set(name, null, { status: "invalid", now: true });
          return close("refused");
      }
    };
    addEventListener("message", hear);
    return () => removeEventListener("message", hear);
  });
  const awaited = state.open && !state.there;
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted from when the page was asked for
  useEffect(() => {
    if (!awaited) return;
    const silence = setTimeout(() => close("silent"), SILENT_MS);
    return () => clearTimeout(silence);
  }, [awaited]);

  if (!address || !due) {
    return (
      <p class="ff-hint" id={attributes.id} tabIndex={-1}>
        {words(address ? "nothing" : "nowhere")}
      </p>
    );
  }
  if (state.open) {
    const asked = { ...state.due, reference, origin: location.origin, language: shown.locale };
    return (
      <div class="ff-pay" aria-busy={!state.there}>
        {!state.there && (
          <p class="ff-hint" role="status">
            {words("loading")}
          </p>
        )}
        <iframe
          ref={frame}
          id={attributes.id}
          title={words("frame")}
          src={addressOfPayment(address, asked).href}
          sandbox="allow-scripts allow-forms allow-same-origin allow-popups"
          allow="payment"
          referrerpolicy="origin"
          style={{ blockSize: `${state.height}px` }}
        />
        <button type="button" class="ff-link" onClick={() => close("cancelled")}>
          {words("stop")}
        </button>
      </div>
    );
  }
  return (
    <div class="ff-pay">
      {paid && (
        <span class="ff-paid" role="status">
          {words("paid", paid.amount)}
        </span>
      )}
      <button
        id={attributes.id}
        aria-describedby={attributes["aria-describedby"]}
        ref={button}
        type="button"
        class={paid ? "ff-link" : "secondary"}
        disabled={locked}
        onClick={() => set({ open: true, there: false, due, height: HEIGHT })}
      >
        {paid ? say("change") : words("pay")}
      </button>
      {!paid && (state.told || (field.problem && value && !isJudged(component.id))) ? (
        <p class="ff-hint" role="status">
          {state.told ? words(state.told) : field.problem && inWords(field.problem, others.problems)}
        </p>
      ) : null}
    </div>
  );
}

/** The page's address; null where there is none, or where it is the site's own, which a frame could not be kept apart from. */
function addressIn(page: string | undefined): URL | null {
  const url = page === undefined ? null : URL.parse(page);
  return url?.origin === location.origin ? null : url;
}

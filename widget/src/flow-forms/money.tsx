import type { ControlProps } from "./control-props.ts";
import { useForm } from "./form-context.ts";
import { givenMap, givenText } from "./given.ts";
import { Typed } from "./typed.tsx";

export function MoneyControl({ component, value, locked, change, attributes }: ControlProps<"money">) {
  const { say } = useForm();
  const map = givenMap(value);
  const { currencies = ["EUR", "USD", "GBP", "CHF", "JPY"] } = component;
  const currency = givenText(map.currency) || (currencies[0] as string);
  const set = (amount: string, of: string) => change(amount.trim() === "" ? null : { amount, currency: of });
  return (
    <div class="ff-row">
      <Typed
        attributes={attributes}
        label={say("amount")}
        inputmode="decimal"
        text={givenText(map.amount)}
        locked={locked}
        change={(amount) => set(amount, currency)}
      />
      {currencies.length === 1 ? (
        <span>{currency}</span>
      ) : (
        <select
          aria-label={say("currency")}
          disabled={locked}
          value={currency}
          onChange={(event) => set(givenText(map.amount), event.currentTarget.value)}
        >
          {currencies.map((code) => (
            <option key={code}>{code}</option>
          ))}
        </select>
      )}
    </div>
  );
}

import { ADDRESS_PARTS, NEEDED_PARTS } from "@clew/domain/flows/screens/normalise-maps";
import type { ControlProps } from "./control-props.ts";
import { useForm } from "./form-context.ts";
import { givenMap, givenText } from "./given.ts";
import { Typed } from "./typed.tsx";

/** The tokens by which browsers know the parts of an address. */
const TOKENS: Record<string, string> = {
  line1: "address-line1",
  line2: "address-line2",
  postcode: "postal-code",
  city: "address-level2",
  region: "address-level1",
  country: "country",
};

export function AddressControl({ component, name, value, locked, change, attributes }: ControlProps<"address">) {
  const { AddressLookup, form, say, shown } = useForm();
  const { countries } = component;
  const Found = component.lookup && form.lookup && !locked ? AddressLookup : undefined;
  const map = givenMap(value);
  const set = (part: string, next: string) => {
    const parts = Object.entries({ ...map, [part]: next }).filter(([, one]) => one !== "");
    change(parts.length > 0 ? Object.fromEntries(parts) : null);
  };
  return (
    <div class="ff-parts">
      {Found && <Found name={name} id={attributes.id} pick={(parts) => change(parts, true)} />}
      {ADDRESS_PARTS.filter((part) => part !== "country" || countries?.length !== 1).map((part, index) => {
        const id = index ? `${attributes.id}-${part}` : attributes.id;
        const own = { ...(index ? {} : attributes), id, autocomplete: TOKENS[part] };
        return (
          <div key={part} class={`ff-part ff-${part}`}>
            <label for={id}>
              {say(part)}
              {!NEEDED_PARTS.includes(part) && <span class="ff-optional"> {say("optional")}</span>}
            </label>
            {part === "country" && countries ? (
              <select
                {...own}
                disabled={locked}
                value={givenText(map.country)}
                onChange={(event) => set(part, event.currentTarget.value)}
              >
                <option value="">{say("choose")}</option>
                {countries.map((code) => (
                  <option key={code} value={code}>
                    {countryName(code, shown.locale)}
                  </option>
                ))}
              </select>
            ) : (
              <Typed
                attributes={own}
                text={givenText(map[part])}
                locked={locked}
                maxLength={200}
                change={(next) => set(part, next)}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

function countryName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

import type { FoundAddress } from "@clew/contract/flows/form-live";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { LookupProps } from "./control-props.ts";
import { useForm } from "./form-context.ts";
import { lookupWords } from "./lookup-words.ts";

/** What was typed is asked about so long after the last key, in milliseconds, from so many characters on. */
const PAUSE_MS = 300;
const LEAST = 3;

/** Addresses to what is typed, to pick one; its parts can be changed after. Who finds none types the parts. */
export function AddressLookup({ name, id, pick }: LookupProps) {
  const { form, shown } = useForm();
  const [text, type] = useState("");
  const [found, show] = useState<readonly FoundAddress[] | null>(null);
  const [at, move] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const picked = useRef(false);
  const words = lookupWords(shown.locale);
  const wanted = text.trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked when something else is wanted
  useEffect(() => {
    if (wanted.length < LEAST) return show(null);
    let stopped = false;
    const ask = () =>
      form.lookup?.(name, wanted).then((items) => {
        if (stopped) return;
        show(items);
        move(-1);
      });
    const pause = setTimeout(ask, PAUSE_MS);
    return () => {
      stopped = true;
      clearTimeout(pause);
    };
  }, [wanted]);
  // What is offered may lie below what can be seen of the form.
  useEffect(() => {
    if (found?.length) (list.current?.children[at] ?? list.current)?.scrollIntoView({ block: "nearest" });
  }, [found, at]);
  // The parts have what was picked by now, which they show as it was when one came to them. Not one effect later: that of the
  // key before would run first, and with it the parts would stay empty.
  useLayoutEffect(() => {
    if (!picked.current || !input.current) return;
    picked.current = false;
    (input.current.getRootNode() as Document | ShadowRoot).getElementById(id)?.focus();
  });
  const choose = ({ value }: FoundAddress) => {
    picked.current = true;
    pick(value);
    type("");
    show(null);
  };
  const items = found ?? [];
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const one = items[at];
    if (step && items.length > 0) move((at + step + items.length + (at < 0 && step < 0 ? 1 : 0)) % items.length);
    else if (event.key === "Enter" && one) choose(one);
    else if (event.key === "Escape" && found) show(null);
    // Enter sends no form from here, whether something is chosen or not.
    else if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
  };
  const own = `${id}-find`;
  return (
    <div class="ff-part ff-find">
      <label for={own}>{words.find}</label>
      <input
        ref={input}
        id={own}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={items.length > 0}
        aria-controls={`${own}-list`}
        aria-activedescendant={at < 0 ? undefined : `${own}-${at}`}
        autocomplete="off"
        dir="auto"
        maxLength={200}
        value={text}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={press}
        onBlur={() => show(null)}
      />
      <div
        ref={list}
        role="listbox"
        id={`${own}-list`}
        aria-label={words.find}
        hidden={items.length === 0}
        class="ff-found"
      >
        {items.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard where one types
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays where one types
          <div
            key={item.label}
            role="option"
            id={`${own}-${index}`}
            aria-selected={index === at}
            dir="auto"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(item)}
          >
            {item.label}
          </div>
        ))}
      </div>
      <p role="status" class={found && items.length === 0 ? "ff-hint" : "hidden"}>
        {found && (items.length === 0 ? words.none : words.found.replace("#", () => String(items.length)))}
      </p>
    </div>
  );
}

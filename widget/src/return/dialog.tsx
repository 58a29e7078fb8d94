import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** A dialog over the window: takes focus when it opens, gives it back to the menu's button when it closes. */
export function Dialog(props: { title: string; text: string; children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = box.current?.getRootNode() as ShadowRoot;
    box.current?.querySelector("button")?.focus();
    return () => root.querySelector<HTMLElement>("[data-opens='menu']")?.focus();
  }, []);
  return (
    <div class="veil">
      <div
        class="dialog"
        ref={box}
        role="dialog"
        aria-modal="true"
        aria-labelledby="clew-dialog-title"
        aria-describedby="clew-dialog-text"
      >
        <h2 id="clew-dialog-title">{props.title}</h2>
        <p id="clew-dialog-text">{props.text}</p>
        {props.children}
      </div>
    </div>
  );
}

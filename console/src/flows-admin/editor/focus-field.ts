import { useEffect, useRef } from "react";
import { fieldId } from "./editing.tsx";

/** Brings the focus to a field after the next drawing: where it stands, or the nearest part around it that is shown. */
export function useFocusField(): (pointer: string) => void {
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const found = nearest(wanted.current);
    wanted.current = null;
    const field = found?.matches("input, textarea, select, button")
      ? found
      : found?.querySelector<HTMLElement>("input, textarea, select, button");
    field?.focus();
    field?.scrollIntoView({ block: "nearest" });
  });
  return (pointer) => {
    wanted.current = pointer;
  };
}

function nearest(pointer: string): HTMLElement | null {
  let rest = pointer;
  while (rest !== "") {
    const found = document.getElementById(fieldId(rest));
    if (found) return found;
    rest = rest.slice(0, rest.lastIndexOf("/"));
  }
  return null;
}

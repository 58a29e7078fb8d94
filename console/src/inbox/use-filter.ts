import { useState } from "react";
import { type Filter, filterIn } from "./filter.ts";
import type { Viewer } from "./views.ts";

/** The filter of the inbox. It is kept for the sitting: in this tab, for this person, over reloads and other pages. */
export function useFilter(viewer: Viewer): [Filter, (filter: Filter) => void] {
  const key = `clew.console.inbox-filter.${viewer.agentId}`;
  const [filter, setFilter] = useState(() => filterIn(read(key), viewer));
  const choose = (next: Filter) => {
    setFilter(next);
    write(key, JSON.stringify(next));
  };
  return [filter, choose];
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Storage is blocked: the filter lasts as long as the page.
  }
}

import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCommand } from "../keyboard/keyboard.tsx";
import { VIEWS, type View, type Viewer, viewsFor } from "./views.ts";

/** The chosen list. It stands in the address, so that reload, back and a copied link keep it. */
export function useView(viewer: Viewer): [View, (view: View) => void] {
  const navigate = useNavigate();
  const { list } = useSearch({ from: "__root__" });
  const able = viewsFor(viewer);
  const view = list && able.includes(list) ? list : "mine";
  const choose = (next: View) => void navigate({ to: ".", search: { list: next === "mine" ? undefined : next } });
  const run = (next: View) => (able.includes(next) ? () => choose(next) : null);
  useCommand("view-mine", run("mine"));
  useCommand("view-waiting", run("waiting"));
  useCommand("view-inactive", run("inactive"));
  useCommand("view-all", run("all"));
  useCommand("view-ended", run("ended"));
  return [view, choose];
}

/** The part of the address that names a list; anything else is the first list. */
export function viewIn(search: Record<string, unknown>): { list?: View | undefined } {
  const found = VIEWS.find((view) => view === search.list);
  return found ? { list: found } : {};
}

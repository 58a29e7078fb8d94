import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { type CommandId, chordOf, commandFor, SEQUENCE_WITHIN_MS } from "./commands.ts";

type Handlers = { run: Map<CommandId, () => void>; listeners: Set<() => void>; version: number };
const KeyboardContext = createContext<Handlers | null>(null);

/** Listens for the keys of all commands. Keys typed into a field stay there, except those with ⌘ or Ctrl. */
export function Keyboard({ children }: { children: ReactNode }) {
  const [handlers] = useState<Handlers>(() => ({ run: new Map(), listeners: new Set(), version: 0 }));
  const before = useRef<{ chord: string; at: number } | null>(null);
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (
      event.defaultPrevented ||
      event.isComposing ||
      event.repeat ||
      ["Shift", "Control", "Alt", "Meta"].includes(event.key)
    )
      return;
    const chord = chordOf(event);
    if (!chord.startsWith("mod+") && (isField(event.target) || isDialogOpen())) return;
    // Enter and Backspace on a control mean that control, never a command.
    if ((event.key === "Enter" || event.key === "Backspace") && isControl(event.target)) return;
    const first =
      before.current && event.timeStamp - before.current.at < SEQUENCE_WITHIN_MS ? before.current.chord : null;
    before.current = null;
    const found = commandFor(chord, first, (id) => handlers.run.has(id));
    if (found.waits) before.current = { chord, at: event.timeStamp };
    if (!found.command) return;
    event.preventDefault();
    handlers.run.get(found.command)?.();
  });
  useEffect(() => {
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return <KeyboardContext value={handlers}>{children}</KeyboardContext>;
}

/** Makes a command able to run while the caller is shown; `null` when it cannot run now. */
export function useCommand(id: CommandId, run: (() => void) | null): void {
  const handlers = useHandlers();
  const current = useEffectEvent(() => run?.());
  const able = run !== null;
  useEffect(() => {
    if (!able) return;
    const mine = () => current();
    handlers.run.set(id, mine);
    changed(handlers);
    return () => {
      if (handlers.run.get(id) === mine) handlers.run.delete(id);
      changed(handlers);
    };
  }, [handlers, id, able]);
}

/** The commands that can run now, for the palette. */
export function useAbleCommands(): { ids: CommandId[]; run(id: CommandId): void } {
  const handlers = useHandlers();
  useSyncExternalStore(
    (listener) => {
      handlers.listeners.add(listener);
      return () => handlers.listeners.delete(listener);
    },
    () => handlers.version,
  );
  return { ids: [...handlers.run.keys()], run: (id) => handlers.run.get(id)?.() };
}

function changed(handlers: Handlers): void {
  handlers.version += 1;
  for (const listener of handlers.listeners) listener();
}

function useHandlers(): Handlers {
  const handlers = useContext(KeyboardContext);
  if (!handlers) throw new Error("useCommand() is called outside Keyboard");
  return handlers;
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

function isControl(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("button, a, [role=menuitem], [role=option], [role=tab]") !== null
  );
}

function isDialogOpen(): boolean {
  return document.querySelector("[role=dialog][aria-modal=true]") !== null;
}

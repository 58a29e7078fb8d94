import type { StringKey } from "../strings/strings.ts";

/** Where keys of a command work. A narrower place wins: an open offer before the conversation before everywhere. */
export const PLACES = ["everywhere", "inbox", "offer", "conversation", "composer"] as const;
export type Place = (typeof PLACES)[number];

type Definition = { place: Place; keys: string; label: StringKey };

/**
 * Everything that can be done without a mouse, in the order in which `?` lists it. Keys: letters as typed, `mod` for ⌘ or
 * Ctrl, a space between keys pressed one after the other. Those of the composer are its own; here they are told.
 */
export const COMMANDS = {
  palette: { place: "everywhere", keys: "mod+k", label: "command.palette" },
  help: { place: "everywhere", keys: "?", label: "command.help" },
  "go-inbox": { place: "everywhere", keys: "g i", label: "command.goInbox" },
  "go-supervision": { place: "everywhere", keys: "g s", label: "command.goSupervision" },
  "go-flows": { place: "everywhere", keys: "g f", label: "command.goFlows" },
  "go-admin": { place: "everywhere", keys: "g a", label: "command.goAdmin" },
  presence: { place: "everywhere", keys: "g p", label: "command.presence" },
  "toggle-scheme": { place: "everywhere", keys: "g d", label: "command.scheme" },
  next: { place: "inbox", keys: "j", label: "command.next" },
  previous: { place: "inbox", keys: "k", label: "command.previous" },
  search: { place: "inbox", keys: "/", label: "command.search" },
  filter: { place: "inbox", keys: "f", label: "command.filter" },
  "view-mine": { place: "inbox", keys: "1", label: "command.view.mine" },
  "view-waiting": { place: "inbox", keys: "2", label: "command.view.waiting" },
  "view-inactive": { place: "inbox", keys: "3", label: "command.view.inactive" },
  "view-all": { place: "inbox", keys: "4", label: "command.view.all" },
  "view-ended": { place: "inbox", keys: "5", label: "command.view.ended" },
  accept: { place: "offer", keys: "Enter", label: "command.accept" },
  decline: { place: "offer", keys: "Backspace", label: "command.decline" },
  reply: { place: "conversation", keys: "r", label: "command.reply" },
  note: { place: "conversation", keys: "n", label: "command.note" },
  transfer: { place: "conversation", keys: "t", label: "command.transfer" },
  take: { place: "conversation", keys: "w", label: "command.take" },
  "toggle-inactive": { place: "conversation", keys: "i", label: "command.inactive" },
  close: { place: "conversation", keys: "c", label: "command.close" },
  "undo-close": { place: "conversation", keys: "z", label: "command.undoClose" },
  end: { place: "conversation", keys: "shift+e", label: "command.end" },
  panel: { place: "conversation", keys: "d", label: "command.panel" },
  latest: { place: "conversation", keys: "l", label: "command.latest" },
  send: { place: "composer", keys: "Enter", label: "command.send" },
  newline: { place: "composer", keys: "shift+Enter", label: "command.newline" },
  "quick-reply": { place: "composer", keys: "/", label: "command.quickReply" },
  "switch-mode": { place: "composer", keys: "alt+n", label: "command.switchMode" },
  leave: { place: "composer", keys: "Escape", label: "command.leave" },
} as const satisfies Record<string, Definition>;

export type CommandId = keyof typeof COMMANDS;

export function commandsOf(place: Place): CommandId[] {
  return (Object.keys(COMMANDS) as CommandId[]).filter((id) => COMMANDS[id].place === place);
}

type Press = Pick<KeyboardEvent, "key" | "metaKey" | "ctrlKey" | "altKey" | "shiftKey">;

/** A key press as the table above writes it; shift is named for letters and named keys only, since "?" holds it already. */
export function chordOf(press: Press): string {
  const letter = /^\p{L}$/u.test(press.key);
  const parts = [];
  if (press.metaKey || press.ctrlKey) parts.push("mod");
  if (press.altKey) parts.push("alt");
  if (press.shiftKey && (letter || press.key.length > 1)) parts.push("shift");
  return [...parts, letter ? press.key.toLowerCase() : press.key].join("+");
}

/** How long the second of two keys may follow the first. */
export const SEQUENCE_WITHIN_MS = 1200;

/** The command that a press means among those that can run now, or a first key that waits for its second. */
export function commandFor(
  chord: string,
  before: string | null,
  able: (id: CommandId) => boolean,
): { command?: CommandId; waits?: true } {
  const whole = before === null ? chord : `${before} ${chord}`;
  const ids = (Object.keys(COMMANDS) as CommandId[]).filter((id) => COMMANDS[id].place !== "composer" && able(id));
  const narrowest = (["offer", "conversation", "inbox", "everywhere"] as const)
    .map((place) => ids.find((id) => COMMANDS[id].place === place && COMMANDS[id].keys === whole))
    .find((id) => id !== undefined);
  if (narrowest) return { command: narrowest };
  return ids.some((id) => COMMANDS[id].keys.startsWith(`${whole} `)) ? { waits: true } : {};
}

/** Keys as caps to draw: "mod+k" → ["⌘", "K"] on a Mac, ["Ctrl", "K"] elsewhere. */
export function capsOf(keys: string, mac: boolean): string[] {
  const names: Record<string, string> = {
    mod: mac ? "⌘" : "Ctrl",
    shift: mac ? "⇧" : "Shift",
    alt: mac ? "⌥" : "Alt",
    Enter: "↵",
    Escape: "Esc",
    Backspace: "⌫",
  };
  return keys.split(/[+ ]/).map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}

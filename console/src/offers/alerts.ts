import { useSyncExternalStore } from "react";

type Alerts = { sound: boolean; desktop: "off" | "on" | "blocked" };
const KEY = "clew.console.alerts";
const listeners = new Set<() => void>();
let alerts: Alerts | null = null;
let unkept: Alerts | null = null;

/** What the person chose, within what the browser allows now: a permission may be given and taken at any time. */
function read(): Alerts {
  const { sound, desktop } = { sound: true, desktop: "off", ...stored() };
  const permission = typeof Notification === "undefined" ? "denied" : Notification.permission;
  const allowed = permission === "denied" ? "blocked" : desktop === "on" && permission === "granted" ? "on" : "off";
  if (alerts?.sound !== sound || alerts.desktop !== allowed) alerts = { sound, desktop: allowed };
  return alerts;
}

function stored(): Partial<Alerts> {
  if (unkept) return unkept;
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Alerts>;
  } catch {
    return {};
  }
}

function save(next: Alerts): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
    unkept = next;
  }
  for (const listener of listeners) listener();
}

/** Sound and desktop notifications of this browser. Permission is asked for here only, in answer to a click. */
export function useAlerts(): Alerts & { toggleSound(): void; toggleDesktop(): void } {
  const now = useSyncExternalStore((listener) => {
    listeners.add(listener);
    // Switched in another tab: the sound is made by one tab for all.
    window.addEventListener("storage", listener);
    return () => {
      listeners.delete(listener);
      window.removeEventListener("storage", listener);
    };
  }, read);
  return { ...now, toggleSound: () => save({ ...now, sound: !now.sound }), toggleDesktop };
}

async function toggleDesktop(): Promise<void> {
  if (read().desktop === "on") return save({ ...read(), desktop: "off" });
  const permission = await Notification.requestPermission();
  save({ ...read(), desktop: permission === "granted" ? "on" : "off" });
}

let audio: AudioContext | null = null;
let sounding = 0;

/** Two soft notes for an offer, one for a message. Silent until the person has touched the page, as browsers want it. */
export function playSound(what: "offer" | "message"): void {
  if (!read().sound || !navigator.userActivation?.hasBeenActive) return;
  audio ??= new AudioContext();
  void audio.resume();
  const notes = what === "offer" ? [659.3, 880] : [784];
  for (const [index, frequency] of notes.entries()) playNote(audio, frequency, audio.currentTime + index * 0.14);
}

function playNote(context: AudioContext, frequency: number, at: number): void {
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.12, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.35);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + 0.4);
  sounding += 1;
  // A context that runs keeps the device's audio awake, though nothing sounds.
  tone.onended = () => {
    sounding -= 1;
    if (sounding === 0) void context.suspend();
  };
}

/** Held by the tab that the person looks at, so that the others know. */
const LOOKING = "clew-console-looking";

const looking = () => !document.hidden && document.hasFocus();

/** Tells the other tabs of this browser while this one is looked at; the result stops it. */
export function showLooking(): () => void {
  let away: (() => void) | null = null;
  const look = () => {
    if (looking() === Boolean(away)) return;
    if (away) away();
    away = looking() ? hold(LOOKING) : null;
  };
  const changes = [
    [window, "focus"],
    [window, "blur"],
    [document, "visibilitychange"],
  ] as const;
  look();
  for (const [target, change] of changes) target.addEventListener(change, look);
  return () => {
    away?.();
    for (const [target, change] of changes) target.removeEventListener(change, look);
  };
}

/** A lock that several may hold; the result lets go of it. */
function hold(name: string): () => void {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  void navigator.locks?.request(name, { mode: "shared" }, () => held);
  return release;
}

async function somebodyLooks(): Promise<boolean> {
  const locks = await navigator.locks?.query();
  return looking() || Boolean(locks?.held?.some(({ name }) => name === LOOKING));
}

/** A notification of the desktop, only while nobody looks at any tab. A click on it brings this one forward. */
export async function notifyDesktop(title: string, body: string, tag: string, onClick: () => void): Promise<void> {
  if (read().desktop !== "on" || (await somebodyLooks())) return;
  const shown = new Notification(title, { body, tag });
  shown.onclick = () => {
    window.focus();
    onClick();
    shown.close();
  };
}

import { useSyncExternalStore } from "react";

type Alerts = { sound: boolean; desktop: "off" | "on" | "blocked" };
const KEY = "clew.console.alerts";
const listeners = new Set<() => void>();
let alerts: Alerts | null = null;

function read(): Alerts {
  alerts ??= { sound: true, desktop: "off", ...stored() };
  if (alerts.desktop === "on" && Notification.permission !== "granted") alerts = { ...alerts, desktop: "off" };
  return alerts;
}

function stored(): Partial<Alerts> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Alerts>;
  } catch {
    return {};
  }
}

function save(next: Alerts): void {
  alerts = next;
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

/** Sound and desktop notifications of this browser. Permission is asked for here only, in answer to a click. */
export function useAlerts(): Alerts & { toggleSound(): void; toggleDesktop(): void } {
  const now = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, read);
  return { ...now, toggleSound: () => save({ ...now, sound: !now.sound }), toggleDesktop };
}

async function toggleDesktop(): Promise<void> {
  if (read().desktop === "on") return save({ ...read(), desktop: "off" });
  const permission = await Notification.requestPermission();
  save({ ...read(), desktop: permission === "granted" ? "on" : permission === "denied" ? "blocked" : "off" });
}

let audio: AudioContext | null = null;

/** Two soft notes for an offer, one for a message. Silent until the person has touched the page, as browsers want it. */
export function playSound(what: "offer" | "message"): void {
  if (!read().sound || !navigator.userActivation?.hasBeenActive) return;
  audio ??= new AudioContext();
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
}

/** A notification of the desktop, only while nobody looks at the page. A click on it brings the page forward. */
export function notifyDesktop(title: string, body: string, tag: string, onClick: () => void): void {
  if (read().desktop !== "on" || !document.hidden) return;
  const shown = new Notification(title, { body, tag });
  shown.onclick = () => {
    window.focus();
    onClick();
    shown.close();
  };
}

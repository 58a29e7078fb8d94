import type { ChannelSettings, SettingChange } from "@clew/contract/channels";
import { isPlain } from "../editing/same.ts";
import { formChanges } from "../forms/form-changes.ts";
import { durationInWords } from "../strings/duration.ts";
import { languageName } from "../strings/languages.ts";
import { type AdminWord, a, enumerate } from "../strings/words.ts";
import { compareSettings } from "./compare-settings.ts";
import { settingName } from "./setting-names.ts";

/** A difference as a person reads it. `colour` is set when a side is a colour to be shown. */
export type WordedChange = { what: string; before: string; after: string };

/** Names of the things that settings point to. */
export type NameOf = (id: string) => string | undefined;

const FORMS = ["preChat", "survey"] as const;

/** The differences in words; those inside the questions of a form are told by question. */
export function changesInWords(
  changes: readonly SettingChange[],
  sides: { before: ChannelSettings; after: ChannelSettings },
  nameOf: NameOf,
): WordedChange[] {
  const inQuestions = ({ path }: SettingChange, part: (typeof FORMS)[number]) =>
    `${path}/`.startsWith(`/${part}/fields/`);
  const each = changes.flatMap(switchedOn);
  const others = each
    .filter((change) => !FORMS.some((part) => inQuestions(change, part)))
    .map((change) => ({
      what: settingName(change.path),
      before: valueInWords(change.path, change.before, nameOf),
      after: valueInWords(change.path, change.after, nameOf),
    }));
  const questions = FORMS.filter((part) => each.some((change) => inQuestions(change, part)));
  return [
    ...others,
    ...questions.flatMap((part) => formChanges(sides.before[part]?.fields ?? [], sides.after[part]?.fields ?? [])),
  ];
}

/** Coming back is one optional part: switched on or off, it is told so, and then clock by clock. */
function switchedOn(change: SettingChange): SettingChange[] {
  const { path, before, after } = change;
  // A channel without a survey has one that asks nothing.
  const surveyOf = (value: unknown) => (isPlain(value) ? value : { on: false, fields: [] });
  if (path === "/survey") return compareSettings(surveyOf(before), surveyOf(after), path);
  if (path !== "/reconnect" || (isPlain(before) && isPlain(after))) return [change];
  const parts = compareSettings(isPlain(before) ? before : {}, isPlain(after) ? after : {}, path);
  const told = parts.filter((part) => part.before !== null || part.after !== null);
  return [{ path, before: isPlain(before), after: isPlain(after) }, ...told];
}

const CLOSED_WORDS: Record<string, Record<string, AdminWord>> = {
  "/kind": { asynchronous: "kind.asynchronous", "session-based": "kind.sessionBased" },
  "/outOfHours": { "leave-message": "outOfHours.leaveMessage", queue: "outOfHours.queue", refuse: "outOfHours.refuse" },
  "/look/position": { end: "look.positionEnd", start: "look.positionStart" },
  "/look/scheme": { light: "look.light", dark: "look.dark", auto: "look.auto" },
  "/reconnect/capacityHold": { none: "reconnect.none", part: "reconnect.part", full: "reconnect.full" },
  "/reconnect/whenAgentUnavailable": {
    wait: "reconnect.wait",
    hold: "reconnect.hold",
    team: "reconnect.team",
    any: "reconnect.any",
  },
  "/onAgentEnd": { stay: "reset.stay", readOnly: "reset.readOnly", ask: "reset.ask", reset: "reset.reset" },
  "/afterReset": { offer: "reset.offer", close: "reset.close", hide: "reset.hide" },
  "/onSignOut": { keep: "signOut.keep", end: "signOut.end" },
  "/preChat/ask/when": { conversation: "ask.conversation", session: "ask.session", missing: "ask.missing" },
};

const DURATIONS = [
  "/inactivity/inactiveAfter",
  "/inactivity/warnAfter",
  "/inactivity/endAfterWarning",
  "/reconnect/sessionWindow",
  "/reconnect/sameAgentWindow",
  "/reconnect/holdFor",
  "/reconnect/linkLife",
  "/reconnect/expiredHistory",
  "/idleLock",
];

/** What an absent setting means, where that is a choice of its own. */
const WHEN_ABSENT: Record<string, string> = { "/onAgentEnd": "stay", "/afterReset": "offer", "/onSignOut": "keep" };

function valueInWords(path: string, given: unknown, nameOf: NameOf): string {
  const value = given ?? WHEN_ABSENT[path];
  if (value === null || value === undefined || value === "") return a("change.none");
  if (typeof value === "boolean") return value ? a("change.on") : a("change.off");
  if (typeof value === "number") return DURATIONS.includes(path) ? durationInWords(value) : String(value);
  if (typeof value === "string") {
    const word = CLOSED_WORDS[path]?.[value];
    if (word !== undefined) return a(word);
    return path === "/queueId" || path === "/hoursId" ? (nameOf(value) ?? a("change.unknown")) : value;
  }
  if (path === "/languages" && Array.isArray(value)) return enumerate(value.map((tag) => languageName(String(tag))));
  if (path.startsWith("/verification/keys"))
    return a("change.keys", { count: Array.isArray(value) ? value.length : 1 });
  if (Array.isArray(value)) return value.length === 0 ? a("change.none") : value.map(String).join(", ");
  return isPlain(value)
    ? Object.values(value)
        .map((part) => valueInWords("", part, nameOf))
        .join(" · ")
    : String(value);
}

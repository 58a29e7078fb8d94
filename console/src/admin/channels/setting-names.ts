import { languageName } from "../strings/languages.ts";
import { type AdminWord, a } from "../strings/words.ts";

/** What a setting is called on the screen, by the start of its JSON pointer; the longest that fits counts. */
const NAMES: Record<string, AdminWord> = {
  "/name": "setting.name",
  "/kind": "setting.kind",
  "/queueId": "setting.queue",
  "/weight": "setting.weight",
  "/priority": "setting.priority",
  "/hoursId": "setting.hours",
  "/outOfHours": "setting.outOfHours",
  "/customerMayEnd": "setting.customerMayEnd",
  "/languages": "setting.languages",
  "/look": "setting.look",
  "/look/colour": "setting.colour",
  "/look/colourText": "setting.colourText",
  "/look/radius": "setting.radius",
  "/look/font": "setting.font",
  "/look/logoUrl": "setting.logo",
  "/look/position": "setting.position",
  "/look/scheme": "setting.scheme",
  "/look/title": "setting.title",
  "/look/subtitle": "setting.subtitle",
  "/look/greeting": "setting.greeting",
  "/preChat": "setting.preChat",
  "/preChat/title": "setting.formTitle",
  "/preChat/intro": "setting.formIntro",
  "/preChat/ask": "setting.ask",
  "/preChat/ask/when": "setting.ask",
  "/preChat/ask/olderThanDays": "setting.olderThan",
  "/preChat/fields": "setting.questions",
  "/survey": "setting.survey",
  "/survey/on": "setting.survey",
  "/survey/title": "setting.surveyTitle",
  "/survey/intro": "setting.surveyIntro",
  "/survey/fields": "setting.surveyQuestions",
  "/inactivity": "setting.timers",
  "/inactivity/inactiveAfter": "setting.inactiveAfter",
  "/inactivity/warnAfter": "setting.warnAfter",
  "/inactivity/endAfterWarning": "setting.endAfterWarning",
  "/optOut": "setting.optOut",
  "/optOut/on": "setting.optOut",
  "/optOut/keywords": "setting.keywords",
  "/verification": "setting.verification",
  "/verification/on": "setting.verification",
  "/verification/issuer": "setting.issuer",
  "/verification/audience": "setting.audience",
  "/verification/jwksUrl": "setting.jwksUrl",
  "/verification/keys": "setting.keys",
  "/attachments": "setting.attachments",
  "/livePreview": "setting.livePreview",
  "/showQueuePlace": "setting.showQueuePlace",
  "/transcript": "setting.transcript",
  "/origins": "setting.origins",
  "/reconnect": "setting.reconnect",
  "/reconnect/sessionWindow": "setting.sessionWindow",
  "/reconnect/sameAgentWindow": "setting.sameAgentWindow",
  "/reconnect/capacityHold": "setting.capacityHold",
  "/reconnect/holdFor": "setting.holdFor",
  "/reconnect/linkLife": "setting.linkLife",
  "/reconnect/whenAgentUnavailable": "setting.whenAgentUnavailable",
  "/reconnect/portalUrl": "setting.portalUrl",
  "/reconnect/redirectUrl": "setting.redirectUrl",
  "/reconnect/expiredHistory": "setting.expiredHistory",
  "/onAgentEnd": "setting.onAgentEnd",
  "/afterReset": "setting.afterReset",
  "/onSignOut": "setting.onSignOut",
  "/idleLock": "setting.idleLock",
};

/** The language of a localized setting follows its path: `/look/title/de`. */
const LOCALIZED = [
  "/look/title",
  "/look/subtitle",
  "/look/greeting",
  "/preChat/title",
  "/preChat/intro",
  "/survey/title",
  "/survey/intro",
  "/optOut/keywords",
];

/** A JSON pointer into a channel's settings as people call it: "Title of the window (German)". */
export function settingName(pointer: string): string {
  const parts = pointer.split("/");
  for (let length = parts.length; length > 1; length -= 1) {
    const start = parts.slice(0, length).join("/");
    const name = NAMES[start];
    if (name === undefined) continue;
    const next = parts[length];
    return next !== undefined && LOCALIZED.includes(start) ? `${a(name)} (${languageName(next)})` : a(name);
  }
  return pointer;
}

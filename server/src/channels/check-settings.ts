import type { ChannelSettings, Look } from "@clew/contract/channels";
import type { Localized } from "@clew/contract/ids";
import { checkReconnectClocks } from "../configuration/reconnect-clocks.ts";
import { refuseSettings, type SettingRefusal } from "../configuration/setting-refusals.ts";
import { checkForm } from "./check-form.ts";
import { checkVerification } from "./check-verification.ts";
import { normaliseOrigin } from "./origins.ts";

/**
 * Puts a channel's settings in the form that is stored: origins as browsers send them, languages in canonical case,
 * nothing twice.
 */
export function tidyChannelSettings(settings: ChannelSettings): ChannelSettings {
  return {
    ...settings,
    name: settings.name.trim(),
    origins: [...new Set(settings.origins.map((origin) => normaliseOrigin(origin) ?? origin))],
    languages: [...new Set(settings.languages.map(canonicalLanguage))],
  };
}

/** @throws Refused `setting-refused` when settings that fit the schema do not fit together. */
export function checkChannelSettings(settings: ChannelSettings): void {
  refuseSettings([
    ...(settings.name === "" ? [refusal("/name", "name-blank", "The channel needs a name.")] : []),
    ...checkVerification(settings),
    ...checkForm(settings.preChat, "/preChat"),
    ...checkForm({ fields: [], ...settings.survey }, "/survey"),
    ...checkLook(settings.look),
    ...checkClocks(settings),
    ...checkReconnectClocks(settings.reconnect),
    ...checkPortal(settings),
    ...checkOptOut(settings),
    ...checkOrigins(settings),
  ]);
}

/** What a draft may lack but a deployment must have. @throws Refused `setting-refused`. */
export function checkPublishable(settings: ChannelSettings): void {
  checkChannelSettings(settings);
  const detail = "Choose the queue in which this channel's customers wait; without one nobody would see them.";
  refuseSettings(settings.queueId === null ? [refusal("/queueId", "queue-missing", detail)] : []);
}

/** What brings a customer back stands behind the #, where no server and no referrer sees it. */
function checkPortal({ reconnect }: ChannelSettings): SettingRefusal[] {
  if (!reconnect?.portalUrl?.includes("#")) return [];
  const detail = "A link adds its own part behind a #; give the page's address without one.";
  return [refusal("/reconnect/portalUrl", "url-invalid", detail)];
}

function checkLook(look: Look): SettingRefusal[] {
  const refusals: SettingRefusal[] = [];
  if (isEmpty(look.title))
    refusals.push(refusal("/look/title", "text-missing", "The title needs a text in one language."));
  if (look.logoUrl !== null && !isImageAddress(look.logoUrl)) {
    const detail = "The logo is an https address, a path that begins with a slash, or a data:image address.";
    refusals.push(refusal("/look/logoUrl", "url-invalid", detail));
  }
  // The font becomes part of a style sheet in the shop's page: names, commas and quotes only.
  if (look.font !== null && !/^[\p{L}\p{N} ,'"_-]+$/u.test(look.font)) {
    refusals.push(refusal("/look/font", "font-invalid", 'The font is a list of names such as "Inter, sans-serif".'));
  }
  return refusals;
}

function checkClocks({ inactivity }: ChannelSettings): SettingRefusal[] {
  const clocks = [
    { field: "/inactivity/inactiveAfter", length: inactivity.inactiveAfter },
    { field: "/inactivity/warnAfter", length: inactivity.warnAfter },
    { field: "/inactivity/endAfterWarning", length: inactivity.warnAfter === null ? null : inactivity.endAfterWarning },
  ];
  return clocks
    .filter(({ length }) => length === 0)
    .map(({ field }) => refusal(field, "duration-zero", "Zero would strike at once; leave it empty for never."));
}

function checkOptOut({ optOut }: ChannelSettings): SettingRefusal[] {
  const keywords = Object.values(optOut.keywords).flat();
  if (!optOut.on || keywords.some((keyword) => keyword.trim() !== "")) return [];
  return [refusal("/optOut/keywords", "keywords-missing", "Opting out is on and no word opts out.")];
}

function checkOrigins({ origins }: ChannelSettings): SettingRefusal[] {
  return origins.flatMap((origin, index) => {
    const field = `/origins/${index}`;
    if (origin.includes("*")) {
      return [refusal(field, "origin-wildcard", "Each site is named in full; an asterisk would match none.")];
    }
    if (normaliseOrigin(origin) !== null) return [];
    return [refusal(field, "origin-invalid", 'A site is named such as "https://shop.example", without a path.')];
  });
}

function canonicalLanguage(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? tag;
  } catch {
    return tag;
  }
}

function isImageAddress(text: string): boolean {
  if (/^\/(?!\/)/.test(text) || /^data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]/.test(text)) return true;
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

export function isEmpty(text: Localized): boolean {
  return Object.values(text).every((words) => words.trim() === "");
}

function refusal(field: string, reason: SettingRefusal["reason"], detail: string): SettingRefusal {
  return { field, reason, detail };
}

import type { ChannelSettings } from "@clew/contract/channels";
import type { FieldErrors } from "../editing/pointer.ts";
import { checkForm } from "../forms/check-form.ts";
import { a } from "../strings/words.ts";
import { checkReconnect } from "./check-reconnect.ts";
import { isColour } from "./contrast.ts";

const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const ORIGIN = /^https?:\/\/[^/\s]+$/;

/** What keeps the settings of a channel from being saved, by JSON pointer, in the reader's words. */
export function checkChannel(settings: ChannelSettings): FieldErrors {
  const errors: FieldErrors = {
    ...checkForm(settings.preChat),
    ...checkForm({ fields: [], ...settings.survey }, "survey"),
  };
  if (settings.name.trim() === "") errors["/name"] = a("check.required");
  if (settings.name.length > 80) errors["/name"] = a("check.tooLong", { count: 80 });
  for (const part of ["weight", "priority"] as const) {
    if (!Number.isInteger(settings[part]) || settings[part] < 0 || settings[part] > 100)
      errors[`/${part}`] = a("check.range", { min: 0, max: 100 });
  }
  if (settings.languages.length === 0) errors["/languages"] = a("checkChannel.noLanguage");
  else if (!settings.languages.every((tag) => LANGUAGE.test(tag))) errors["/languages"] = a("checkChannel.language");
  if (!isColour(settings.look.colour)) errors["/look/colour"] = a("checkChannel.colour");
  if (settings.look.colourText !== null && !isColour(settings.look.colourText))
    errors["/look/colourText"] = a("checkChannel.colour");
  if (Object.keys(settings.look.title).length === 0) errors["/look/title"] = a("check.localized");
  const wrongOrigin = settings.origins.find((origin) => !ORIGIN.test(origin));
  if (wrongOrigin !== undefined) errors["/origins"] = a("checkChannel.origin", { origin: wrongOrigin });
  if (settings.inactivity.warnAfter !== null && settings.inactivity.endAfterWarning <= 0)
    errors["/inactivity/endAfterWarning"] = a("check.duration");
  return { ...errors, ...checkIdentity(settings), ...checkOptOut(settings), ...checkReconnect(settings) };
}

function checkIdentity({ verification }: ChannelSettings): FieldErrors {
  if (!verification.on) return {};
  const errors: FieldErrors = {};
  if (verification.issuer.trim() === "") errors["/verification/issuer"] = a("check.required");
  if (verification.audience.trim() === "") errors["/verification/audience"] = a("check.required");
  if (verification.jwksUrl === null && verification.keys.length === 0)
    errors["/verification/keys"] = a("checkChannel.noKeys");
  if (verification.jwksUrl !== null && !/^https?:\/\/\S+$/.test(verification.jwksUrl))
    errors["/verification/jwksUrl"] = a("checkChannel.url");
  return errors;
}

function checkOptOut({ optOut }: ChannelSettings): FieldErrors {
  if (optOut.on && Object.values(optOut.keywords).flat().length === 0)
    return { "/optOut/keywords": a("checkChannel.noKeywords") };
  return Object.values(optOut.keywords)
    .flat()
    .some((word) => word.length > 40)
    ? { "/optOut/keywords": a("check.tooLong", { count: 40 }) }
    : {};
}

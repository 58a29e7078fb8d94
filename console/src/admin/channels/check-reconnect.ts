import type { ChannelSettings } from "@clew/contract/channels";
import type { ReconnectClocks } from "@clew/contract/sessions";
import type { FieldErrors } from "../editing/pointer.ts";
import { durationInWords } from "../strings/duration.ts";
import { a } from "../strings/words.ts";

/** What is wrong with the terms of coming back: each clock is at most as long as the one around it. */
export function checkReconnect({ reconnect, idleLock }: ChannelSettings): FieldErrors {
  const errors: FieldErrors = idleLock === 0 ? { "/idleLock": a("checkReconnect.zero") } : {};
  if (!reconnect) return errors;
  Object.assign(errors, checkClocks(reconnect));
  for (const part of ["portalUrl", "redirectUrl"] as const) {
    const url = reconnect[part];
    if (url !== null && !/^https?:\/\/\S+$/.test(url)) errors[`/reconnect/${part}`] = a("checkChannel.url");
  }
  if (reconnect.portalUrl?.includes("#")) errors["/reconnect/portalUrl"] = a("checkReconnect.portal");
  return errors;
}

/** What is wrong with the clocks that a channel or a queue sets. */
export function checkClocks(clocks: ReconnectClocks): FieldErrors {
  const { sessionWindow, sameAgentWindow, capacityHold, holdFor, linkLife } = clocks;
  const errors: FieldErrors = {};
  if (sessionWindow !== null && sameAgentWindow > sessionWindow)
    errors["/reconnect/sameAgentWindow"] = a("checkReconnect.sameAgent", { time: durationInWords(sessionWindow) });
  if (capacityHold !== "none" && holdFor > sameAgentWindow)
    errors["/reconnect/holdFor"] = a("checkReconnect.hold", { time: durationInWords(sameAgentWindow) });
  if (linkLife === 0) errors["/reconnect/linkLife"] = a("checkReconnect.zero");
  return errors;
}

import type { ReconnectClocks } from "@clew/contract/sessions";
import type { SettingRefusal } from "./setting-refusals.ts";

/** Each clock of coming back is at most as long as the one around it: capacity, same agent, session. */
export function checkReconnectClocks(clocks: ReconnectClocks | undefined): SettingRefusal[] {
  if (!clocks) return [];
  const { sessionWindow, sameAgentWindow, holdFor, capacityHold, linkLife } = clocks;
  const refusals: SettingRefusal[] = [];
  const longer = (field: string, detail: string) => refusals.push({ field, reason: "window-longer", detail });
  if (sessionWindow !== null && sameAgentWindow > sessionWindow)
    longer("/reconnect/sameAgentWindow", "The same agent cannot be promised longer than the session waits.");
  if (capacityHold !== "none" && holdFor > sameAgentWindow)
    longer("/reconnect/holdFor", "Capacity cannot be held longer than the same agent is promised.");
  if (linkLife === 0) {
    const detail = "A link that lives for no time leads nowhere.";
    refusals.push({ field: "/reconnect/linkLife", reason: "duration-zero", detail });
  }
  return refusals;
}

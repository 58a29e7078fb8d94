import type { ReconnectTerms } from "@clew/contract/sessions";
import { expect, test } from "vitest";
import { filled } from "../dev/fixtures.ts";
import { unknownVariables } from "../replies/reply-text.ts";
import { changesInWords } from "./changes-in-words.ts";
import { checkChannel } from "./check-channel.ts";
import { compareSettings } from "./compare-settings.ts";
import { newChannel } from "./new-channel.ts";
import { oddReconnect, reconnectInWords } from "./reconnect-in-words.ts";

const MINUTE = 60_000;
const terms = filled().channels[0]?.draft.reconnect as ReconnectTerms;

test("[AD26] the clocks of coming back are read back as what happens to a customer", () => {
  expect(reconnectInWords(terms)).toEqual([
    "If Ana drops, her chat waits 30 minutes; then the session ends.",
    "For 20 minutes Ben is kept for her, 10 minutes of them with his place blocked.",
    "If Ben cannot take her back then, his team is asked.",
    "A link she got brings her back for 1 hour, on any device.",
  ]);
  expect(reconnectInWords({ ...terms, sessionWindow: null, sameAgentWindow: 0, capacityHold: "none" })).toEqual([
    "If Ana drops, her chat waits for her as long as it lives.",
    "Nobody is kept for her: whoever is free takes her back.",
    "A link she got brings her back for 1 hour, on any device.",
  ]);
  expect(reconnectInWords({ ...terms, whenAgentUnavailable: "hold" })[2]).toBe(
    "If Ben cannot take her back then, she waits for him, and his next free place is hers until that time is over.",
  );
  expect(reconnectInWords({ ...terms, capacityHold: "part" })[1]).toContain("half of his place blocked");
  expect(oddReconnect(terms)).toBeNull();
  expect(oddReconnect({ ...terms, linkLife: MINUTE })).toContain("expired although the chat still waits");
});

test("[AD27] a clock longer than the one around it is refused at its field, before anything is sent", () => {
  const settings = { ...newChannel("queue-1"), name: "Shop" };
  const wrong = (patch: Partial<ReconnectTerms>) => checkChannel({ ...settings, reconnect: { ...terms, ...patch } });
  expect(wrong({})).toEqual({});
  expect(wrong({ sameAgentWindow: 31 * MINUTE })["/reconnect/sameAgentWindow"]).toContain("30 minutes");
  expect(wrong({ holdFor: 21 * MINUTE })["/reconnect/holdFor"]).toContain("20 minutes");
  expect(wrong({ holdFor: 21 * MINUTE, capacityHold: "none" })).toEqual({});
  expect(wrong({ sameAgentWindow: 31 * MINUTE, sessionWindow: null })).toEqual({});
  expect(wrong({ portalUrl: "shop" })).toHaveProperty(["/reconnect/portalUrl"]);
});

test("[AD28] switching coming back on, and what the end does, is told in words before publishing", () => {
  const before = newChannel("queue-1");
  const after = {
    ...before,
    reconnect: { ...terms, expiredHistory: 60 * MINUTE },
    onAgentEnd: "reset" as const,
    idleLock: 5 * MINUTE,
  };
  const lines = changesInWords(compareSettings(before, after), { before, after }, () => undefined);
  expect(lines).toContainEqual({ what: "Coming back", before: "off", after: "on" });
  expect(lines).toContainEqual({ what: "Same agent promised", before: "nothing", after: "20 minutes" });
  expect(lines).toContainEqual({ what: "Reading by an expired link", before: "nothing", after: "1 hour" });
  expect(lines).toContainEqual({ what: "Agent’s place kept", before: "nothing", after: "All of it" });
  expect(lines).toContainEqual({ what: "When the agent ends", before: "Stay", after: "Start clean" });
  expect(lines).toContainEqual({ what: "Idle lock", before: "nothing", after: "5 minutes" });
  expect(lines.some(({ what }) => what.startsWith("/"))).toBe(false);
});

test("[AD23] the place of a customer's link is known to quick replies", () => {
  expect(unknownVariables("Come back by {{reconnect.link}}")).toEqual([]);
});

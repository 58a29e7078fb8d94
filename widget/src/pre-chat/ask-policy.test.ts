import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { Fact } from "@clew/contract/facts";
import type { AskPolicy, FormField, PreChatForm } from "@clew/contract/forms";
import { describe, expect, it } from "vitest";
import { askedBefore } from "./ask-policy.ts";

const DAY = 86_400_000;
const NOW = 1_000 * DAY;
const field = (key: string, changes: Partial<FormField> = {}): FormField => ({
  key,
  type: "text",
  label: { en: key },
  required: true,
  hidden: false,
  editable: true,
  ...changes,
});
const form = (ask: AskPolicy): PreChatForm => ({
  ask,
  fields: [field("name"), field("topic"), field("plan", { hidden: true }), field("detail", { dependsOn: "topic" })],
});
const fact = (key: string, days: number) => ({ key, at: NOW - days * DAY, value: null }) as Fact;
const conversation = (nextMessage: string, facts: Fact[] = []) =>
  ({ session: { nextMessage }, facts }) as unknown as ConversationSnapshot;
const ask = (policy: AskPolicy, facts: Fact[], next = "starts-session") =>
  askedBefore(form(policy), conversation(next, facts), [], NOW);

describe("questions before the next session", () => {
  it("[W13] asked per conversation, they are not asked again", () => {
    expect(ask({ when: "conversation" }, [])).toBeNull();
  });

  it("[W13] asked per session, all visible ones are asked again", () => {
    expect(ask({ when: "session" }, [fact("name", 0)])).toEqual(["name", "topic", "detail"]);
  });

  it("[W13] asked when missing, only what has no answer or one older than N days, and what depends on it", () => {
    expect(ask({ when: "missing" }, [fact("name", 400), fact("topic", 1), fact("detail", 1)])).toBeNull();
    expect(
      ask({ when: "missing", olderThanDays: 90 }, [fact("name", 91), fact("topic", 1), fact("detail", 1)]),
    ).toEqual(["name"]);
    expect(
      ask({ when: "missing", olderThanDays: 90 }, [fact("name", 1), fact("topic", 91), fact("detail", 1)]),
    ).toEqual(["topic", "detail"]);
  });

  it("[W13] nothing is asked while a message would join the session or be refused", () => {
    expect(ask({ when: "session" }, [], "joins-session")).toBeNull();
    expect(ask({ when: "session" }, [], "refused")).toBeNull();
    expect(askedBefore(form({ when: "session" }), null, [], NOW)).toBeNull();
  });
});

import type { EventOf } from "@clew/contract/events";
import { expect, test } from "vitest";
import { writtenText } from "./written-text.ts";

const note = (more: Partial<EventOf<"note.posted">>) =>
  ({ text: "as stored", event: { type: "note.posted", text: "as stored", ...more } }) as Parameters<
    typeof writtenText
  >[0];

test("[FZ10] what the system notes is read in the words of the screen, and what people note as they wrote it", () => {
  const late = { what: "late-answers", title: "Use of funds" } as const;
  expect(writtenText(note({ automatic: late }))).toMatch(/^The form “Use of funds” was sent after its time was over\./);
  expect(writtenText(note({}))).toBe("as stored");
  // A newer server may note what this console has no words for.
  expect(writtenText(note({ automatic: { what: "sung", title: "x" } as never }))).toBe("as stored");
  expect(writtenText({ text: "not stored yet", event: null })).toBe("not stored yet");
});

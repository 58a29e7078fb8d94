import { expect, test } from "vitest";
import { readTimeline } from "../timeline/read.ts";
import { replay } from "../timeline/replay.ts";
import { drop, openShop, serve } from "./agent-side-scene.ts";

test("[TL6] [CO29] what a person exports in the console is read as a timeline and decided again", async () => {
  const { stage, admin } = await openShop();
  const amara = await stage.agent("amara");
  const back = await drop(stage, amara, await serve(stage, amara));
  await back();
  await amara.reads(/^The customer is back after/);
  const [conversation] = await admin.conversations();
  const id = conversation?.conversationId ?? "";
  await amara.open(`conversations/${id}/timeline`);
  await amara.page.getByRole("heading", { name: /^Timeline of Ana Ruiz/ }).waitFor();
  const downloading = amara.page.waitForEvent("download");
  await amara.action("Export").click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe(`timeline-${id.slice(0, 8)}.json`);
  const timeline = readTimeline(await download.path());
  expect(timeline.events).toEqual(await admin.events(id));
  expect(replay(timeline)).toEqual({ decided: timeline.events.length, taken: {}, difference: null });
});

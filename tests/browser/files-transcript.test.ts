import { readFile } from "node:fs/promises";
import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { openStage } from "./stage.ts";

/** What a person does who drags a file onto a place, or pastes one there. */
async function brings(place: Locator, how: "drop" | "paste", name: string): Promise<void> {
  await place.evaluate(
    (element, [way, file]) => {
      const data = new DataTransfer();
      data.items.add(new File([`All of ${file}`], file as string, { type: "text/plain" }));
      const told = { bubbles: true, cancelable: true, composed: true };
      const dragged = (type: string) => new DragEvent(type, { ...told, dataTransfer: data });
      if (way === "paste") element.dispatchEvent(new ClipboardEvent("paste", { ...told, clipboardData: data }));
      else for (const type of ["dragenter", "dragover", "drop"]) element.dispatchEvent(dragged(type));
    },
    [how, name],
  );
}

test("[AU50] [AU30] files are taken by dropping and by pasting on both sides; the customer takes the whole as a text in their language", async () => {
  const stage = await openStage();
  const agent = await stage.agent("amara");
  const customer = await stage.customer();
  await customer.begin();
  await agent.accept();
  await brings(customer.box, "paste", "pasted.txt");
  await customer.button("Remove pasted.txt").waitFor();
  await brings(customer.log, "drop", "dropped.txt");
  await customer.button("Remove dropped.txt").waitFor();
  await customer.write("Two notes from me.");
  for (const name of [/pasted\.txt/, /dropped\.txt/]) await agent.log.getByRole("link", { name }).waitFor();

  await brings(agent.reply, "paste", "answer.txt");
  await agent.action("Remove answer.txt").waitFor();
  await brings(agent.reply, "drop", "appendix.txt");
  await agent.action("Remove appendix.txt").waitFor();
  await agent.reply.fill("And two from us.");
  await eventually(() => agent.action("Send").isEnabled()).toBe(true);
  await agent.write("And two from us.");
  for (const name of [/answer\.txt/, /appendix\.txt/]) await customer.log.getByRole("link", { name }).waitFor();

  await customer.button("Options").click();
  const coming = customer.page.waitForEvent("download");
  await customer.button("Download transcript").click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^chat-\d{4}-\d\d-\d\d\.txt$/);
  const text = await readFile(await file.path(), "utf8");
  expect(text).toMatch(/^Larkspur & Co\nAll times in UTC\.\n\n--- Session 1 · /);
  for (const said of [
    "Amara joined the chat",
    "Customer: Two notes from me.",
    "<dropped.txt, 18 B>",
    "And two from us.",
  ])
    expect(text).toContain(said);
});

import { expect, test } from "vitest";
import { openStage } from "./stage.ts";

test("[CO10] [CO13] a supervisor who looks on reads nothing for the team, is told why they cannot write, and can leave a note", async () => {
  const stage = await openStage();
  const amara = await stage.agent("amara");
  const customer = await stage.customer();
  await customer.begin();
  await amara.accept();
  await customer.write("First word");
  await amara.reads("First word");
  await customer.sees(/Read/);
  await amara.page.goto("about:blank");
  await customer.write("Is anybody there?");

  const supervisor = await stage.agent("supervisor");
  await supervisor.view("All");
  await supervisor.row("Ana").click();
  await supervisor.reads("Is anybody there?");
  await supervisor.sees(/Amara.* serves this customer; you can leave a note\./);
  await supervisor.page.getByPlaceholder("Write a note that only your team sees").fill("I am looking on.");
  await supervisor.page.getByRole("button", { name: "Add note" }).click();
  await supervisor.reads("I am looking on.");
  // The note has gone through the server and back, so a read position would have, too.
  await customer.sees(/Delivered|Sent/);
  expect(await customer.page.getByText("I am looking on.").count()).toBe(0);
  await amara.open();
  await amara.row("Ana").click();
  await amara.reads("Is anybody there?");
  await customer.sees(/Read/);
});

import { expect, test } from "vitest";
import { checkReply } from "./reply-page.tsx";
import { replyPieces, shortcutFromTitle, unknownVariables } from "./reply-text.ts";

test("[AD23] the preview puts examples in place of variables and marks them", () => {
  expect(replyPieces("Hi {{ customer.name }}, order {{fact.orderNumber}}!", { "customer.name": "Kim" })).toEqual([
    { text: "Hi ", variable: false },
    { text: "Kim", variable: true },
    { text: ", order ", variable: false },
    { text: "orderNumber", variable: true },
    { text: "!", variable: false },
  ]);
});

test("[AD23] a variable that nobody will fill in is refused before customers see it", () => {
  expect(unknownVariables("{{custmer.name}} {{agent.name}} {{fact.Order}}")).toEqual(["custmer.name", "fact.Order"]);
  expect(checkReply({ title: "T", shortcut: "t", text: "{{custmer.name}}", queueIds: [] })).toHaveProperty("/text");
});

test("[AD23] a shortcut is made from the title", () => {
  expect(shortcutFromTitle("Ordér status?")).toBe("order-status");
});

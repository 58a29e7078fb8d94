import { MAX_ATTACHMENT_BYTES } from "@clew/contract/limits";
import { expect, test } from "vitest";
import { takenOf } from "./taken-files.ts";

const file = (name: string, size = 1) => ({ name, size });
const files = (count: number) => Array.from({ length: count }, (_, at) => file(`${at}.txt`));

test("[IN7] ten files fit into a message, what it holds already counts, and the others are told", () => {
  expect(takenOf(files(10), 0)).toEqual({ taken: files(10), refused: [] });
  const over = takenOf(files(4), 8);
  expect(over.taken.map(({ name }) => name)).toEqual(["0.txt", "1.txt"]);
  expect(over.refused).toEqual(["At most 10 files in one message."]);
  expect(takenOf(files(1), 10)).toEqual({ taken: [], refused: ["At most 10 files in one message."] });
  expect(takenOf(files(1), 11).taken).toEqual([]);
});

test("[IN7] a file of more than 20 MB is told by its name, and the others go on", () => {
  const chosen = [file("film.mp4", MAX_ATTACHMENT_BYTES + 1), file("most.zip", MAX_ATTACHMENT_BYTES), file("leaf.png")];
  const { taken, refused } = takenOf(chosen, 0);
  expect(taken.map(({ name }) => name)).toEqual(["most.zip", "leaf.png"]);
  expect(refused).toEqual(["film.mp4 is larger than 20 MB."]);
});

import { expect, test } from "vitest";
import { t } from "../strings/strings.ts";
import { COMMANDS, type CommandId, capsOf, chordOf, commandFor, commandsOf, PLACES } from "./commands.ts";

const ids = Object.keys(COMMANDS) as CommandId[];
const press = (key: string, more: object = {}) => ({
  key,
  metaKey: false,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});
const all = () => true;

test("[CO17] no two commands of one place share keys, nor does one hide the start of another", () => {
  for (const place of PLACES) {
    const keys = commandsOf(place).map((id) => COMMANDS[id].keys as string);
    expect(new Set(keys).size, place).toBe(keys.length);
  }
  const told = ids.filter((id) => COMMANDS[id].place !== "composer");
  const keys = told.map((id) => COMMANDS[id].keys as string);
  expect(new Set(keys).size).toBe(keys.length);
  for (const one of keys) expect(keys.filter((other) => other.startsWith(`${one} `))).toEqual([]);
});

test("[CO17] every command has keys, a name of its own, and a place in the list", () => {
  const listed = PLACES.flatMap(commandsOf);
  expect(listed.sort()).toEqual([...ids].sort());
  expect(new Set(ids.map((id) => t(COMMANDS[id].label))).size).toBe(ids.length);
  for (const place of PLACES) expect(t(`keyboard.${place}`)).not.toBe(`keyboard.${place}`);
});

test("[CO17] each command outside the composer is reached by its keys", () => {
  for (const id of ids.filter((each) => COMMANDS[each].place !== "composer")) {
    const [first, second] = COMMANDS[id].keys.split(" ");
    if (second === undefined) expect(commandFor(first ?? "", null, all)).toEqual({ command: id });
    else {
      expect(commandFor(first ?? "", null, all)).toEqual({ waits: true });
      expect(commandFor(second, first ?? "", all)).toEqual({ command: id });
    }
  }
});

test("[CO17] keys of a command that cannot run now mean nothing", () => {
  expect(commandFor("Enter", null, (id) => id !== "accept")).toEqual({});
  expect(commandFor("g", null, (id) => !COMMANDS[id].keys.startsWith("g "))).toEqual({});
});

test("[CO17] presses are written as the table writes them", () => {
  expect(chordOf(press("K", { metaKey: true }))).toBe("mod+k");
  expect(chordOf(press("E", { shiftKey: true }))).toBe("shift+e");
  expect(chordOf(press("?", { shiftKey: true }))).toBe("?");
  expect(chordOf(press("Enter", { shiftKey: true }))).toBe("shift+Enter");
  expect(capsOf("mod+k", true)).toEqual(["⌘", "K"]);
  expect(capsOf("g i", false)).toEqual(["G", "I"]);
});

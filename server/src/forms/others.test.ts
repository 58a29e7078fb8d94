import { expect, test } from "vitest";
import { Others, SILENT_MS } from "./others.ts";

const FORM = "form";
const log = { error: () => undefined, warn: () => undefined } as never;
const person = (name: string) => ({ who: "customer" as const, id: name, name, field: null, at: 0 });

/** Processes that hear each other, each text twice: nothing may hang on how often one comes. */
function processes(count: number) {
  let now = 0;
  const dead = new Set<Others>();
  const said: string[] = [];
  const all: Others[] = Array.from(
    { length: count },
    () =>
      new Others({
        clock: { now: () => now },
        log,
        say: async (texts) => {
          said.push(...texts);
          for (const text of texts) for (const one of all) if (!dead.has(one)) for (const _ of [1, 2]) one.hear(text);
        },
      }),
  );
  const settle = async () => {
    for (let round = 0; round < 5; round += 1) for (const one of all) await one.idle();
  };
  return {
    all,
    said,
    dead,
    settle,
    names: () =>
      all.map((one) =>
        one
          .peopleOf(FORM)
          .map(({ name }) => name)
          .sort()
          .join(),
      ),
    async pass(milliseconds: number) {
      now += milliseconds;
      const gone = all.map((one) => (dead.has(one) ? [] : one.sweep(now)));
      await settle();
      return gone;
    },
  };
}

test("[FC12] who opens a form is told who is there elsewhere; who leaves, or whose server is silent, is there no more", async () => {
  const { all, dead, names, pass, settle } = processes(3);
  const [one, two, three] = all as [Others, Others, Others];
  one.tellPeople(FORM, [person("Ana")]);
  await settle();
  expect(names()).toEqual(["", "", ""]);
  two.tellPeople(FORM, [person("Bo")]);
  await settle();
  expect(names()).toEqual(["Bo", "Ana", ""]);
  three.tellPeople(FORM, [person("Cy")]);
  await settle();
  expect(names()).toEqual(["Bo,Cy", "Ana,Cy", "Ana,Bo"]);
  two.tellPeople(FORM, []);
  await settle();
  expect(names()).toEqual(["Cy", "", "Ana"]);
  dead.add(three);
  for (let past = 0; past < SILENT_MS - 15_000; past += 15_000) expect((await pass(15_000)).flat()).toEqual([]);
  expect(await pass(15_000)).toEqual([[FORM], [], []]);
  expect(names()[0]).toBe("");
});

test("[FC12] what is the same as before is not said again; of much that happens in one go the newest is said", async () => {
  const { all, said, settle } = processes(2);
  const [one] = all as [Others];
  for (const field of ["a.b", "a.c", "a.d"]) one.tellPeople(FORM, [{ ...person("Ana"), field }]);
  await settle();
  one.tellPeople(FORM, [{ ...person("Ana"), field: "a.d", at: 7 }]);
  await settle();
  expect(said.map((text) => (JSON.parse(text) as { people: { field: string }[] }).people[0]?.field)).toEqual(["a.d"]);
});

test("[FC13] many faults go in several messages, of which the first takes those before away", async () => {
  const { all, said, settle } = processes(2);
  const problems = Object.fromEntries(Array.from({ length: 12 }, (_, field) => [`a.f${field}`, "ü".repeat(300)]));
  (all[0] as Others).tellProblems(FORM, { seq: 1, whole: true, problems });
  (all[0] as Others).tellProblems(FORM, { seq: 2, whole: true, problems: {} });
  await settle();
  const heard = said.map((text) => JSON.parse(text) as { whole: boolean; problems: object });
  expect(heard.map(({ whole }) => whole)).toEqual([true, false, false, true]);
  expect(heard.flatMap((one) => Object.keys(one.problems))).toHaveLength(12);
  expect(Math.max(...said.map((text) => Buffer.byteLength(text)))).toBeLessThan(7_900);
});

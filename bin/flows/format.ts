import { writeFileSync } from "node:fs";
import { canonicalText } from "@clew/domain/flows/format/canonical";
import { flowFiles } from "./files.ts";

type Options = { onlyCheck: boolean; say: (line: string) => void };

/** Writes the files the one way in which flows are saved; with `onlyCheck` it tells which are not, and answers 1. */
export function formatFiles(paths: string[], { onlyCheck, say }: Options): number {
  let wrong = 0;
  for (const file of flowFiles(paths)) {
    if ("problem" in file) {
      say(`${file.path} ${file.problem}`);
      wrong += 1;
      continue;
    }
    const text = canonicalText(file.flow);
    if (text === file.text) continue;
    say(`${file.path} ${onlyCheck ? "is not saved the usual way" : "written"}`);
    if (onlyCheck) wrong += 1;
    else writeFileSync(file.path, text);
  }
  return wrong === 0 ? 0 : 1;
}

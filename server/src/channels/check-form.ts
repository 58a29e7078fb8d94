import type { FormField, PreChatForm } from "@clew/contract/forms";
import type { SettingReason, SettingRefusal } from "../configuration/setting-refusals.ts";
import { checkPattern } from "./safe-pattern.ts";

const PATTERNED: readonly FormField["type"][] = ["text", "longText", "email", "phone"];
const CHOICES: readonly FormField["type"][] = ["choice", "dependentChoice"];

/** What a form's schema cannot say: keys once, choices that exist, patterns that can be run. `pointer` says where it stands. */
export function checkForm({ fields }: Pick<PreChatForm, "fields">, pointer: "/preChat" | "/survey"): SettingRefusal[] {
  return fields.flatMap((field, index) => {
    const at = `${pointer}/fields/${index}`;
    const earlier = fields.slice(0, index);
    return [
      ...checkKeyAndLabel(field, earlier, at),
      ...checkChoices(field, at),
      ...checkParent(field, earlier, at),
      ...checkLimits(field, at),
    ];
  });
}

function checkKeyAndLabel(field: FormField, earlier: readonly FormField[], at: string): SettingRefusal[] {
  const refusals: SettingRefusal[] = [];
  if (earlier.some((other) => other.key === field.key)) {
    refusals.push(refusal(`${at}/key`, "key-twice", `Two questions have the key "${field.key}".`));
  }
  // Page script fills hidden questions and nobody reads their label.
  const isUnlabelled = Object.values(field.label).every((words) => words.trim() === "");
  if (!field.hidden && isUnlabelled) {
    refusals.push(refusal(`${at}/label`, "text-missing", `The question "${field.key}" needs a text in one language.`));
  }
  return refusals;
}

function checkChoices(field: FormField, at: string): SettingRefusal[] {
  if (!CHOICES.includes(field.type)) return [];
  const values = (field.choices ?? []).map((choice) => choice.value);
  if (values.length === 0) {
    return [refusal(`${at}/choices`, "choices-missing", `The question "${field.key}" has nothing to choose from.`)];
  }
  return values.flatMap((value, index) =>
    values.indexOf(value) === index
      ? []
      : [refusal(`${at}/choices/${index}/value`, "choice-twice", `"${value}" is there twice.`)],
  );
}

/** A dependent choice hangs on a choice further up, so that there is an order in which all can be answered. */
function checkParent(field: FormField, earlier: readonly FormField[], at: string): SettingRefusal[] {
  if (field.type !== "dependentChoice") return [];
  const parent = earlier.find((other) => other.key === field.dependsOn && CHOICES.includes(other.type));
  if (!parent) {
    const detail = `The question "${field.key}" must depend on a choice that stands before it.`;
    return [refusal(`${at}/dependsOn`, "parent-missing", detail)];
  }
  const known = new Set(parent.choices?.map((choice) => choice.value));
  return (field.choices ?? []).flatMap((choice, index) => {
    const unknown = choice.when?.find((value) => !known.has(value));
    if (unknown === undefined) return [];
    const detail = `"${unknown}" is no choice of "${parent.key}".`;
    return [refusal(`${at}/choices/${index}/when`, "parent-choice-unknown", detail)];
  });
}

function checkLimits(field: FormField, at: string): SettingRefusal[] {
  const refusals: SettingRefusal[] = [];
  if (field.min !== undefined && field.max !== undefined && field.min > field.max) {
    refusals.push(refusal(`${at}/max`, "range-empty", "The largest value is below the smallest."));
  }
  if (field.pattern === undefined || field.pattern === "") return refusals;

  if (!PATTERNED.includes(field.type)) {
    refusals.push(
      refusal(`${at}/pattern`, "pattern-misplaced", "Only questions answered by typing text have a pattern."),
    );
  }
  const reason = checkPattern(field.pattern);
  if (reason === "pattern-invalid") {
    refusals.push(refusal(`${at}/pattern`, reason, "The pattern is not a valid regular expression."));
  }
  if (reason === "pattern-slow") {
    const detail =
      "The pattern could take very long on some answers: repeat nothing that itself repeats or branches, do not look " +
      'around or back, and let repetitions not compete for the same characters: "[^@]+@[^@]+" rather than ".+@.+".';
    refusals.push(refusal(`${at}/pattern`, reason, detail));
  }
  return refusals;
}

function refusal(field: string, reason: SettingReason, detail: string): SettingRefusal {
  return { field, reason, detail };
}

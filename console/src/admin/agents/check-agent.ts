import type { AgentSettings } from "@clew/contract/agents";
import type { FieldErrors } from "../editing/pointer.ts";
import { a } from "../strings/words.ts";

const EMAIL = /^[^@\s]{1,64}@[^@\s]{1,190}$/;

export const isPassword = (text: string) => text.length >= 10 && text.length <= 200;

/** What keeps an agent from being saved, by JSON pointer. */
export function checkAgent(agent: AgentSettings): FieldErrors {
  const errors: FieldErrors = {};
  for (const part of ["name", "publicName"] as const) {
    if (agent[part].trim() === "") errors[`/${part}`] = a("check.required");
  }
  if (!EMAIL.test(agent.email)) errors["/email"] = agent.email === "" ? a("check.required") : a("check.email");
  if (!Number.isInteger(agent.capacity) || agent.capacity < 0 || agent.capacity > 1000)
    errors["/capacity"] = a("check.range", { min: 0, max: 1000 });
  return errors;
}

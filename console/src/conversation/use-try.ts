import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { failureText } from "../strings/problems.ts";

type Outcome = { ok: true } | { ok: false; problem: unknown };

/** Runs a verb of the desk: busy meanwhile, and what was refused is told. Answers whether it worked. */
export function useTry(): [boolean, (run: () => Promise<Outcome>) => Promise<boolean>] {
  const [busy, setBusy] = useState(false);
  async function attempt(run: () => Promise<Outcome>): Promise<boolean> {
    setBusy(true);
    const outcome = await run();
    setBusy(false);
    if (!outcome.ok) notifications.show({ message: failureText(outcome), color: "red", role: "alert" });
    return outcome.ok;
  }
  return [busy, attempt];
}

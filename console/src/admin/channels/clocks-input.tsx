import type { ReconnectClocks } from "@clew/contract/sessions";
import { DurationInput, OptionalDuration } from "../editing/duration-input.tsx";
import { ChoiceCards } from "../page/choice-cards.tsx";
import type { DurationUnit } from "../strings/duration.ts";
import { a } from "../strings/words.ts";

const MINUTE = 60_000;
const UNITS: DurationUnit[] = ["minute", "hour", "day"];

type Props = {
  clocks: ReconnectClocks;
  change(patch: Partial<ReconnectClocks>): void;
  /** The error at a JSON pointer. */
  error(pointer: string): string | undefined;
};

/** How long session, agent and capacity wait for a customer who dropped out: of a channel, or of one queue. */
export function ClocksInput({ clocks, change, error }: Props) {
  return (
    <>
      <OptionalDuration
        switchLabel={a("reconnect.sessionSwitch")}
        label={a("reconnect.sessionWindow")}
        value={clocks.sessionWindow}
        onChange={(sessionWindow) => change({ sessionWindow })}
        error={error("/reconnect/sessionWindow")}
        units={UNITS}
        first={30 * MINUTE}
      />
      <DurationInput
        label={a("reconnect.sameAgentWindow")}
        value={clocks.sameAgentWindow}
        onChange={(sameAgentWindow) => change({ sameAgentWindow })}
        error={error("/reconnect/sameAgentWindow")}
        units={UNITS}
        min={0}
      />
      <ChoiceCards
        label={a("reconnect.capacity")}
        value={clocks.capacityHold}
        onChange={(capacityHold) => change({ capacityHold })}
        error={error("/reconnect/capacityHold")}
        choices={(["none", "part", "full"] as const).map((value) => ({
          value,
          title: a(`reconnect.${value}`),
          about: a(`reconnect.${value}About`),
        }))}
      />
      {clocks.capacityHold !== "none" && (
        <DurationInput
          label={a("reconnect.holdFor")}
          value={clocks.holdFor}
          onChange={(holdFor) => change({ holdFor })}
          error={error("/reconnect/holdFor")}
          units={UNITS}
          min={0}
        />
      )}
    </>
  );
}

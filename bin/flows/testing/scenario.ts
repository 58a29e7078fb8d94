import { type Static, type TSchema, Type } from "typebox";
import { Errors } from "typebox/value";

const strict = { additionalProperties: false };
const texts = Type.Array(Type.String());
const Values = Type.Record(Type.String(), Type.Unknown());
const optional = <T extends TSchema>(schema: T) => Type.Optional(schema);

/** What must be true after a step; all of it, within a few seconds. Records go by the names given to them: "Case:c1". */
const Expect = Type.Object(
  {
    run: optional(Type.String()),
    node: optional(Type.String()),
    path: optional(texts),
    form: optional(Type.String()),
    messages: optional(Type.Integer()),
    says: optional(texts),
    record: optional(Type.Record(Type.String(), Values)),
    agentSees: optional(Values),
    agentDoesNotSee: optional(texts),
    screen: optional(Type.String()),
    route: optional(Type.Object({ queue: Type.String() }, strict)),
    /** The name of the bot that serves; null: none does. */
    bot: optional(Type.Union([Type.String(), Type.Null()])),
  },
  strict,
);
export type Expect = Static<typeof Expect>;

/** One thing that happens. `start`: inputs of the run, or for a routing flow what the customer told before the chat. */
const Step = Type.Object(
  {
    start: optional(Values),
    clock: optional(Type.String({ pattern: "^\\+P" })),
    customer: optional(
      Type.Object(
        {
          set: optional(Values),
          submit: optional(Type.Boolean()),
          twice: optional(Type.Boolean()),
          says: optional(Type.String()),
          returns: optional(Values),
        },
        strict,
      ),
    ),
    agent: optional(
      Type.Object(
        {
          press: optional(Type.Enum(["next", "back", "save", "cancel"])),
          values: optional(Values),
          endsSession: optional(Type.Boolean()),
          takes: optional(Type.Boolean()),
        },
        strict,
      ),
    ),
    change: optional(Type.Record(Type.String(), Values)),
    event: optional(Type.Object({ type: Type.String(), key: Type.String(), data: optional(Values) }, strict)),
    restartServer: optional(Type.Boolean()),
    expect: optional(Expect),
  },
  strict,
);
export type Step = Static<typeof Step>;

const Case = Type.Object(
  {
    case: Type.String({ minLength: 1 }),
    given: optional(
      Type.Object(
        {
          records: optional(Type.Record(Type.String(), Type.Array(Values))),
          queues: optional(texts),
          skills: optional(texts),
        },
        strict,
      ),
    ),
    steps: Type.Array(Step, { minItems: 1 }),
  },
  strict,
);
export type Case = Static<typeof Case>;

/** A file of tests: beside `<key>.flow.json`, called `<key>.test.json`. */
const FlowTests = Type.Object({ flow: Type.String(), cases: Type.Array(Case, { minItems: 1 }) }, strict);
export type FlowTests = Static<typeof FlowTests>;

/** The tests in a file's text; throws an `Error` that says what is wrong and where. */
export function readTests(text: string): FlowTests {
  const value: unknown = JSON.parse(text);
  const [first] = Errors(FlowTests, value);
  if (first) throw new Error(`${first.instancePath || "/"} ${first.message}`);
  return value as FlowTests;
}

import type { Flow, FlowNode } from "@clew/contract/flows/definition";
import { type LowerableLimit, limitOf } from "@clew/contract/flows/flow-limits";
import type { FlowText } from "@clew/contract/flows/spellings";
import { textIn } from "../../languages/fall-back.ts";
import { type Duration, moveLocal, parseDuration } from "../expressions/durations.ts";
import { type EvaluateOptions, ExpressionError, evaluate, type Value } from "../expressions/expression.ts";
import { spellingOf } from "../expressions/spelling.ts";
import { type Escape, renderText } from "../expressions/text.ts";
import { fromLocal, toLocal } from "../expressions/zoned.ts";
import type { Shown } from "../screens/present.ts";
import { formulaOf, textOf } from "./compiled.ts";
import type { Given, TraceStep } from "./given.ts";
import { labelsMoved, pathNamed } from "./labels.ts";
import type { Operation } from "./operation.ts";
import { type Blocked, type Frame, frameOf, type Run, RunFault, type Values } from "./run.ts";

/** A little less than the last moment that a date can name. */
const LAST_DATE_MS = 8.6e15;

/** How a node leaves: by one of its outcomes, or not yet. `stop`: the whole run has nothing left to do. */
export type Move = { go: string } | { block: Blocked } | { enter: Frame } | { leave: true } | { stop: true };

/** A run while it is being advanced, with what its nodes ask again and again. */
export class Context {
  readonly given: Given;
  readonly run: Run;
  readonly trace: TraceStep[] = [];
  /** Names of what this step changed. */
  changed: string[] = [];
  /** An id to be used again, when the node that failed is tried once more. */
  reuse: string | null = null;
  #around: Frame | null = null;

  constructor(run: Run, given: Given) {
    this.run = run;
    this.given = given;
  }

  get frame(): Frame {
    return this.#around ?? frameOf(this.run);
  }

  /** Does something to the variables of a flow around the innermost. */
  inFrame(frame: Frame, work: () => void): void {
    this.#around = frame;
    try {
      work();
    } finally {
      this.#around = null;
    }
  }

  get flow(): Flow {
    const { key, version } = this.frame;
    const flow = this.given.flow(key, version);
    if (!flow) throw new RunFault("notFound", `There is no version ${version} of ${key}`);
    return flow;
  }

  get node(): FlowNode {
    const node = Object.hasOwn(this.flow.nodes, this.frame.node) ? this.flow.nodes[this.frame.node] : undefined;
    if (!node) throw new RunFault("notFound", `There is no node ${this.frame.node}`);
    return node;
  }

  /** The settings that bound the run: those of its own flow, whatever subflow it is in. */
  get bounds(): Flow["settings"] {
    const [root] = this.run.frames;
    return (root && this.given.flow(root.key, root.version))?.settings;
  }

  /** How much of something the run may use: what the operator allows, or less where its flow says so. */
  limit(name: LowerableLimit): number {
    const most = limitOf(name, this.given.limits);
    return Math.min(this.bounds?.limits?.[name] ?? most, most);
  }

  /** How screens and questions are read here. */
  get shown(): Shown {
    const { zone, locale } = this.run;
    return { now: this.given.now, zone, locale, labels: this.frame.labels };
  }

  /** A fresh id for what the run will be blocked by; on a retry the one it failed with. */
  newId(): string {
    const id = this.reuse ?? this.given.newId();
    this.reuse = null;
    return id;
  }

  options(): EvaluateOptions {
    const { now } = this.given;
    const { zone, locale } = this.run;
    return {
      now,
      zone,
      locale,
      budget: this.limit("formulaSteps"),
      host: {
        visits: (node) => (Object.hasOwn(this.frame.visits, node) ? (this.frame.visits[node] ?? 0) : 0),
        label: (value, path) => {
          const { labels } = this.frame;
          const label = path !== null && Object.hasOwn(labels, path) ? labels[path] : undefined;
          return label ?? (value === null ? null : String(value));
        },
        asset: (name) => this.given.asset(name),
      },
    };
  }

  formula(source: string, values: Values = this.frame.values): Value {
    return guarded(() => evaluate(formulaOf(source), values, this.options()));
  }

  /** A field in any of the three spellings, at any depth of a list or map. */
  value(written: unknown): Value {
    if (Array.isArray(written)) return written.map((item) => this.value(item));
    if (typeof written === "object" && written !== null) {
      return Object.fromEntries(Object.entries(written).map(([name, item]) => [name, this.value(item)]));
    }
    const spelling = spellingOf(written);
    if (spelling.kind === "formula") return this.formula(spelling.source);
    if (spelling.kind === "text") return this.holes(spelling.source);
    return (spelling.value ?? null) as Value;
  }

  values(written: Readonly<Record<string, unknown>> | undefined): Values {
    return Object.fromEntries(Object.entries(written ?? {}).map(([name, item]) => [name, this.value(item)]));
  }

  /** What people read, in the customer's language. */
  text(written: FlowText): string {
    const line = typeof written === "string" ? written : textIn(written, this.run.locale);
    const value = this.value(line);
    return value === null ? "" : String(value);
  }

  /** What `work` gives where texts, dates and numbers are read in this language. */
  inLanguage<T>(language: string, work: () => T): T {
    const { locale } = this.run;
    this.run.locale = language;
    try {
      return work();
    } finally {
      this.run.locale = locale;
    }
  }

  /** The same as a message, which is read as Markdown: what fills a hole, or is computed as a whole, is only text in it. */
  message(written: FlowText): string {
    const spelling = spellingOf(typeof written === "string" ? written : textIn(written, this.run.locale));
    if (spelling.kind === "literal") return String(spelling.value ?? "");
    return this.holes(spelling.kind === "text" ? spelling.source : `{{${spelling.source}}}`, "markdown");
  }

  line(written: string | undefined): string | null {
    if (written === undefined) return null;
    const value = this.value(written);
    return value === null ? null : String(value);
  }

  /** `also` are values known in this place only. */
  condition(written: string, also: Values = {}): boolean {
    const { source } = spellingOf(written) as { source: string };
    const value = this.formula(source, { ...this.frame.values, ...also });
    if (value !== null && typeof value !== "boolean") throw new RunFault("expr", "A condition must be true or false");
    return value === true;
  }

  number(written: number | string | undefined): number | null {
    if (written === undefined) return null;
    const value = this.value(written);
    return typeof value === "number" ? value : null;
  }

  /** A length of time in milliseconds, as it is from now on: days and months follow the calendar of the zone. */
  duration(written: string | undefined): number | null {
    if (written === undefined) return null;
    const value = this.value(written);
    const length = typeof value === "string" ? parseDuration(value) : null;
    if (length === null) throw new RunFault("expr", "This is no length of time");
    return this.after(length) - this.given.now;
  }

  private after(length: Duration): number {
    const { now } = this.given;
    const { zone } = this.run;
    const moved = moveLocal(toLocal(now, zone), length);
    // What lies beyond all dates has no offset to look up.
    if (!(Math.abs(moved) + Math.abs(length.milliseconds) < LAST_DATE_MS))
      throw new RunFault("expr", "This length of time is beyond any calendar");
    return fromLocal(moved, zone) + length.milliseconds;
  }

  /** Sets a variable or a member of a map in it. */
  set(path: string, value: Value): void {
    if (JSON.stringify(value ?? null).length > this.limit("valueBytes"))
      throw new RunFault("limit", `${path} would be too large`);
    this.put(path, value);
  }

  /** The same of what the run itself has made: a fault is told to its path however little a value may hold. */
  put(path: string, value: Value): void {
    const [root = "", ...members] = path.split(".");
    const { frame } = this;
    frame.values = {
      ...frame.values,
      [root]: members.length > 0 ? within(frame.values[root] ?? null, members, value) : value,
    };
    this.forget(path);
    this.changed.push(path);
  }

  /** Reads a variable by its path. */
  read(path: string): Value {
    let value: Value = this.frame.values as Value;
    for (const name of path.split(".")) {
      if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
        return null;
      value = (value as Values)[name] ?? null;
    }
    return value;
  }

  /** Labels of what is now under `path`. */
  label(path: string, labels: Readonly<Record<string, string>>): void {
    const added = Object.entries(labels).map(([name, label]) => [`${path}.${name}`, label] as const);
    this.frame.labels = { ...this.frame.labels, ...Object.fromEntries(added) };
  }

  forget(path: string): void {
    const stays = Object.entries(this.frame.labels).filter(([name]) => name !== path && !name.startsWith(`${path}.`));
    this.frame.labels = Object.fromEntries(stays);
  }

  /** The label goes along when a formula only names where it stands. */
  relabel(path: string, written: unknown): void {
    const from = pathNamed(written);
    if (from !== null) this.addLabels(labelsMoved(this.frame.labels, from, path));
  }

  addLabels(labels: Readonly<Record<string, string>>): void {
    this.frame.labels = { ...this.frame.labels, ...labels };
  }

  /** The node wants something done and is blocked until it is. */
  want(operation: Operation): Move {
    return { block: { kind: "operation", id: this.newId(), operation, at: this.given.now, attempts: 0 } };
  }

  private holes(source: string, target: Escape = "plain"): string {
    return guarded(() => renderText(textOf(source), this.frame.values, this.options(), target));
  }
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ExpressionError) throw new RunFault("expr", error.message, `${error.code} at ${error.at}`);
    throw error;
  }
}

function within(of: Value, [name = "", ...rest]: string[], value: Value): Value {
  const map = typeof of === "object" && of !== null && !Array.isArray(of) ? (of as Values) : {};
  return { ...map, [name]: rest.length > 0 ? within(map[name] ?? null, rest, value) : value };
}

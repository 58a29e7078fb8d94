import type { CommandAnswer } from "@clew/contract/commands";
import type { Actor } from "@clew/domain/actor";
import { type Command, isPresenceCommand } from "@clew/domain/commands";
import type { Configuration } from "@clew/domain/configuration";
import { type Performed, perform, type World } from "@clew/domain/door";
import type { AgentState } from "@clew/domain/presence/agent-state";
import type { Clock, Ids } from "../clock.ts";
import { type Batch, batchOver } from "../database/batch.ts";
import type { Database, Raw } from "../database/database.ts";
import { eraseLogs } from "../erasure/store.ts";
import { expectCustomers } from "../presence/customers-store.ts";
import { isExpected } from "../presence/expected.ts";
import { Refused } from "../problems/refused.ts";
import type { Committed } from "./committed.ts";
import { claimFiles, type Files, namesFiles, withFiles } from "./files.ts";
import { checkForm, type Forms, sendsForm } from "./forms.ts";
import { HeldStates } from "./held.ts";
import { load, redirectStarts } from "./load-store.ts";
import { movedAgents } from "./moved-agents.ts";
import { findAnswers, type Repeat } from "./repeats-store.ts";
import { save } from "./save-store.ts";

export type { Committed };

type Parts = {
  database: Database;
  clock: Clock;
  ids: Ids;
  configuration: () => Configuration;
  /** Files that messages name: looked up and bound within the transaction of the message. */
  files: Files;
  /** Forms that are sent: checked and stored within the transaction of the sending. Absent: there are none. */
  forms?: Forms;
};

/** `connected`: who gives the command holds a connection on which they go on. */
type Way = { connected?: boolean };
type Waiting = Way & {
  command: Command;
  actor: Actor;
  resolve(answer: CommandAnswer): void;
  reject(error: unknown): void;
};
type Verdict = { waiting: Waiting; answer: CommandAnswer } | { waiting: Waiting; error: unknown };

/** The most commands of one commit; the next wait for the one after. */
const BATCH = 500;

/**
 * The one door. States: idle, or one batch under way. Commands that arrive meanwhile wait and form the next batch: one
 * load under lock, the rules one after the other in memory, one write, one commit; then streams, then acknowledgements.
 * When a batch fails as a whole, its commands are tried one by one, so an error concerns its own command only.
 */
export class Door {
  /** Whose customers those are who come through this door. */
  readonly processId: string;
  readonly #parts: Parts;
  readonly #listeners: ((committed: Committed) => void)[] = [];
  readonly #held: HeldStates;
  #queue: Waiting[] = [];
  #running: Promise<void> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.processId = parts.ids.next();
    this.#held = new HeldStates(parts.database.engine === "sqlite");
  }

  /** Called after every commit, before the commands of the batch are acknowledged. */
  onCommitted(listener: (committed: Committed) => void): void {
    this.#listeners.push(listener);
  }

  /** Resolves once the command is committed; rejects with `Refused` when a rule refuses it. */
  execute(command: Command, actor: Actor, way: Way = {}): Promise<CommandAnswer> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ ...way, command, actor, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      // What other sockets have already brought is read first and shares the commit. Work on SQLite never waits for
      // anything outside, so without this turn of the loop each commit would hold what one socket had brought.
      await turnOfTheLoop();
      const batch = this.#nextBatch();
      await this.#commit(batch);
    }
    this.#running = null;
  }

  /** The next commands in order; a second command with an id of this batch waits for the next, where it is a repeat. */
  #nextBatch(): Waiting[] {
    const ids = new Set<string>();
    const batch: Waiting[] = [];
    const later: Waiting[] = [];
    for (const waiting of this.#queue) {
      const { id } = waiting.command;
      if (batch.length < BATCH && !ids.has(id)) {
        ids.add(id);
        batch.push(waiting);
      } else later.push(waiting);
    }
    this.#queue = later;
    return batch;
  }

  async #commit(batch: Waiting[]): Promise<void> {
    let verdicts: Verdict[];
    let committed: Committed;
    try {
      ({ verdicts, committed } = await this.#transact(batch));
    } catch (error) {
      this.#held.clear();
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const waiting of batch) await this.#commit([waiting]);
      return;
    }
    this.#held.committed(committed);
    if (committed.done.length > 0) for (const listener of this.#listeners) listener(committed);
    for (const verdict of verdicts) {
      if ("answer" in verdict) verdict.waiting.resolve(verdict.answer);
      else verdict.waiting.reject(verdict.error);
    }
    for (const { followUps } of committed.done) {
      for (const followUp of followUps) {
        const command: Command = { type: "offer.withdraw", id: this.#parts.ids.next(), ...followUp };
        this.execute(command, { who: "system" }).catch(() => {
          // The offer ended by itself in the meantime, or its deadline will end it.
        });
      }
    }
  }

  #transact(batch: Waiting[]): Promise<{ verdicts: Verdict[]; committed: Committed }> {
    const { database } = this.#parts;
    const rows = batchOver(database.engine);
    return database.rawTransaction(async (raw: Raw) => {
      const asked = batch.map(({ command }) => command);
      const answers = findAnswers(raw, rows, asked);
      // At once, in one round trip; what a repeat concerns is then loaded for nothing. A start has to be known as a repeat
      // before it is directed anywhere.
      const known = asked.some(({ type }) => type === "conversation.start") ? await answers : null;
      const [repeats, { world, commandOf }] = await Promise.all([
        answers,
        this.#load(raw, rows, known ? batch.filter(({ command }) => !known.has(command.id)) : batch),
      ]);
      const fresh = batch.filter(({ command }) => !repeats.has(command.id));
      const verdicts: Verdict[] = batch
        .filter(({ command }) => repeats.has(command.id))
        .map((waiting) => answerRepeat(waiting, repeats));
      const done: Performed[] = [];
      const expected = new Set<Performed>();
      const agents = new Map(world.agents);
      const decide = (waiting: Waiting, command: Command) =>
        this.#decide({ world, agents, done, expected }, waiting, command);
      for (const waiting of fresh) {
        const command = commandOf.get(waiting) as Command;
        if (sendsForm(command) && this.#parts.forms) {
          const { forms } = this.#parts;
          const checked = await checkForm(raw, forms, { command, actor: waiting.actor });
          if (checked instanceof Refused) verdicts.push({ waiting, error: checked });
          else {
            const verdict = decide(waiting, { ...command, receipt: checked.receipt, late: checked.late });
            verdicts.push(verdict);
            if ("answer" in verdict) await forms.keep(raw, checked.submission);
          }
          continue;
        }
        if (!namesFiles(command)) {
          verdicts.push(decide(waiting, command));
          continue;
        }
        const resolved = await withFiles(raw, this.#parts.files, command, waiting.actor);
        if (resolved instanceof Refused) verdicts.push({ waiting, error: resolved });
        else {
          const verdict = decide(waiting, resolved);
          verdicts.push(verdict);
          if ("answer" in verdict) await claimFiles(raw, this.#parts.files, resolved, verdict.answer.at);
        }
      }
      const [changed] = await Promise.all([
        save(raw, rows, done),
        expectCustomers(raw, rows, { processId: this.processId, expected }),
      ]);
      await eraseLogs(raw, database.engine, done);
      return { verdicts, committed: { done, changed, expected } };
    });
  }

  /** What the batch concerns, and its commands with each start directed at the conversation that is open already. */
  async #load(
    raw: Raw,
    rows: Batch,
    batch: readonly Waiting[],
  ): Promise<{ world: World; commandOf: Map<Waiting, Command> }> {
    const commands = await redirectStarts(
      raw,
      this.#parts.database.engine,
      batch.map(({ command }) => command),
    );
    const given = batch.map(({ actor }, index) => ({ command: commands[index] as Command, actor }));
    const world = await load(raw, rows, { given, held: this.#held });
    return { world, commandOf: new Map(batch.map((waiting, index) => [waiting, commands[index] as Command])) };
  }

  /** One command on what the batch has come to; `agents` are as the commands before it left them. */
  #decide(
    {
      world,
      agents,
      done,
      expected,
    }: Pick<Committed, "done"> & {
      world: World;
      agents: Map<string, AgentState>;
      expected: Set<Performed>;
    },
    waiting: Waiting,
    command: Command,
  ): Verdict {
    const { clock, ids, configuration } = this.#parts;
    const now = clock.now();
    try {
      const outcome = perform(world, command, {
        now,
        actor: waiting.actor,
        configuration: configuration(),
        agents: world.agents,
        newId: () => ids.next(),
        commandId: command.id,
      });
      if ("refused" in outcome) return { waiting, error: new Refused(outcome.refused, outcome.extra) };
      const { performed } = outcome;
      const [first] = performed.events;
      const conversationId = isPresenceCommand(command) ? null : command.conversationId;
      const touched = performed.agents;
      if (conversationId) performed.agents = movedAgents(touched, agents, conversationId);
      for (const agent of touched) agents.set(agent.id, agent);
      done.push(performed);
      if (isExpected(performed, waiting)) expected.add(performed);
      return {
        waiting,
        answer: { commandId: waiting.command.id, conversationId, number: first?.number ?? 0, at: first?.at ?? now },
      };
    } catch (error) {
      return { waiting, error };
    }
  }
}

function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function answerRepeat(waiting: Waiting, repeats: Map<string, Repeat>): Verdict {
  const repeat = repeats.get(waiting.command.id) as Repeat;
  const { actor, command } = waiting;
  const same = "id" in actor ? repeat.byId === actor.id : repeat.byId === null;
  const sameConversation =
    isPresenceCommand(command) ||
    command.type === "conversation.start" ||
    repeat.answer.conversationId === command.conversationId;
  if (!same || !sameConversation) return { waiting, error: new Refused("id-reused") };
  return { waiting, answer: repeat.answer };
}

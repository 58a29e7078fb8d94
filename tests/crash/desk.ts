import { signIn } from "@clew/server/testing/test-app";
import { Connection } from "./connection.ts";
import { View } from "./view.ts";

type Parts = { url: string; cookie: string; conversationIds: readonly string[]; live(): void };

/** One member of staff who reads all conversations over one connection and comes back to each by its cursor. */
export class Desk {
  readonly views: ReadonlyMap<string, View>;
  readonly #connection: Connection;

  /** Returns when all of them are live: a first snapshot would not reach back to the beginning later on. */
  static async open(url: string, conversationIds: readonly string[]): Promise<Desk> {
    const { cookie } = await signIn(url, "supervisor");
    return new Promise((resolve) => {
      const desk: Desk = new Desk({ url, cookie, conversationIds, live: () => resolve(desk) });
    });
  }

  private constructor({ url, cookie, conversationIds, live }: Parts) {
    this.views = new Map(conversationIds.map((id) => [id, new View(id)]));
    this.#connection = new Connection({
      url,
      cookie,
      welcomed: () => {
        for (const { conversationId: id, cursor } of this.views.values())
          this.#connection.send({
            type: "subscribe",
            topic: { kind: "conversation", id },
            ...(cursor ? { cursor } : {}),
          });
      },
      heard: (message) => {
        if (!("topic" in message) || message.topic?.kind !== "conversation") return;
        const { topic } = message;
        const number = this.views.get(topic.id)?.take(message) ?? null;
        if (message.type === "live" && [...this.views.values()].every(({ cursor }) => cursor)) live();
        if (number !== null) this.#connection.send({ type: "ack", topic, number });
      },
      gone: () => undefined,
    });
  }

  get faults(): string[] {
    return [...this.#connection.faults, ...[...this.views.values()].flatMap(({ faults }) => faults)];
  }

  close(): void {
    this.#connection.close();
  }
}

import type { ClientCommand } from "@clew/contract/commands";
import type { FormAct, FormSay } from "@clew/contract/flows/form-live";
import type { ClientMessage, ServerMessage } from "@clew/contract/stream";
import { newId } from "@clew/server/testing/test-app";
import type { BrowserContext, Page, WebSocketRoute } from "playwright-core";
import { eventually } from "./eventually.ts";

type Answer = Extract<ServerMessage, { type: "answer" }>;
type FormWord = Extract<ServerMessage, { type: "form" }>;
type Forged<One> = One extends ClientCommand ? Omit<One, "id"> : never;
/** A form, and the conversation that it is said to be of. */
export type Reached = { conversationId: string; formId: string };
export type ModifiedClient = Awaited<ReturnType<typeof modifiedClient>>;

const UNCHANGED = {
  /** What becomes of the page's own words. */
  rewrite: (message: ClientMessage): readonly ClientMessage[] => [message],
  /** Whether the page gets to hear it. */
  passes: (_message: ServerMessage): boolean => true,
};

/**
 * A client that its owner has changed: the real page, whose words to the server go through this hand. What is forged goes
 * over the page's own connection, with its own rights. For pages that are loaded from now on.
 */
export async function modifiedClient(owner: Page | BrowserContext) {
  const heard: ServerMessage[] = [];
  const sent: ClientMessage[] = [];
  let server: WebSocketRoute | null = null;

  async function until<Word extends ServerMessage>(fits: (message: ServerMessage) => message is Word, from = 0) {
    const find = () => heard.slice(from).find(fits);
    await eventually(find, "an answer to what was forged").toBeDefined();
    return find() as Word;
  }

  const client = {
    /** All that was said to the server, forged or not, and all that it said, over all connections so far. */
    sent,
    heard,
    ...UNCHANGED,
    /** Is as it was made. */
    behave: () => void Object.assign(client, UNCHANGED),

    say(message: ClientMessage): void {
      if (!server) throw new Error("the page has no connection");
      sent.push(message);
      server.send(JSON.stringify(message));
    },
    /** Gives a forged command; resolves with the server's answer. */
    command(command: Forged<ClientCommand>, id = newId()): Promise<Answer> {
      const from = heard.length;
      client.say({ type: "command", command: { ...command, id } as ClientCommand });
      return until((word): word is Answer => word.type === "answer" && word.commandId === id, from);
    },
    /** Does a forged act to a form; resolves with the first of these words that the server says of it then. */
    async act({ conversationId, formId }: Reached, act: FormAct, words: readonly FormSay["say"][]): Promise<FormSay> {
      const from = heard.length;
      client.say({ type: "form", conversationId, formId, act });
      const isOne = (word: ServerMessage): word is FormWord =>
        word.type === "form" && word.formId === formId && words.includes(word.say.say);
      return (await until(isOne, from)).say;
    },
  };

  await owner.routeWebSocket(/\/stream$/, (page) => {
    const way = page.connectToServer();
    server = way;
    page.onMessage((data) => {
      for (const message of client.rewrite(JSON.parse(String(data)) as ClientMessage)) {
        sent.push(message);
        way.send(JSON.stringify(message));
      }
    });
    way.onMessage((data) => {
      const message = JSON.parse(String(data)) as ServerMessage;
      heard.push(message);
      if (client.passes(message)) page.send(data);
    });
  });
  return client;
}

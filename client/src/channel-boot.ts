import type { Boot } from "@clew/contract/channels";
import { backoff } from "./connection/backoff.ts";
import type { Storage } from "./continuity/storage.ts";
import type { Http } from "./http.ts";
import type { Ports } from "./ports.ts";
import type { BootState } from "./state.ts";

/** Reads what the channel's window looks like and asks; keeps it, so that the next window opens without waiting. */
export function createChannelBoot(input: {
  http: Http;
  storage: Storage;
  ports: Ports;
  channelId: string;
  language: string;
  boot: Boot | null;
  later(purpose: string, ms: number, call: () => void): void;
  changed(state: BootState): void;
  read(boot: Boot): void;
  /** The server will not serve this channel: no further try by itself. */
  refused(): void;
}): { boot(): Boot | null; read(): Promise<void> } {
  const { http, storage, ports, changed } = input;
  let boot = input.boot;
  let tries = 0;

  async function read(): Promise<void> {
    if (!boot) changed({ name: "loading" });
    const answer = await http.json<Boot>({
      endpoint: "GET /channels/:id/boot",
      params: { id: input.channelId },
      query: { language: input.language },
    });
    if (answer.ok) {
      tries = 0;
      boot = answer.value;
      input.read(boot);
      void storage.write({ put: { boot } });
      changed({ name: "ready", boot, fresh: true });
      return;
    }
    const { problem } = answer;
    if (!boot || problem.retry === "no") changed({ name: "failed", problem });
    if (problem.retry === "no") input.refused();
    else {
      tries += 1;
      input.later("boot", Math.max(backoff(tries, ports.random.unit()), 1_000), () => void read());
    }
  }
  return { boot: () => boot, read };
}

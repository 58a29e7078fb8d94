import { type ChildProcess, spawn } from "node:child_process";
import { node, root } from "../../bin/setup/paths.mjs";

/** A server that has not said its address by then will not, in milliseconds. */
const START_MS = 60_000;

/** The product as a process of its own, that can be killed and comes back on the same port with the same data. */
export class ServerProcess {
  readonly url: string;
  readonly #environment: Record<string, string>;
  #child: ChildProcess | null = null;

  constructor({ port, data, databaseUrl }: { port: number; data: string; databaseUrl: string | null }) {
    this.url = `http://127.0.0.1:${port}`;
    this.#environment = {
      PORT: String(port),
      HOST: "127.0.0.1",
      CLEW_DATA: data,
      CLEW_DEMO: "on",
      CLEW_RATE_LIMIT: "0",
      CLEW_LOG: "error",
      ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    };
  }

  /** Returns when it listens. */
  async start(): Promise<void> {
    const child = spawn(node, [`${root}/server/src/main.ts`], {
      env: { ...process.env, ...this.#environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    let said = "";
    child.stderr?.on("data", (chunk) => {
      said += chunk;
    });
    await new Promise<void>((resolve, reject) => {
      const give = (problem: string) => reject(new Error(`${problem}\n${said}`));
      const timer = setTimeout(() => give("the server does not listen"), START_MS);
      child.once("exit", () => {
        clearTimeout(timer);
        give("the server ended before it listened");
      });
      child.stdout?.on("data", (chunk) => {
        said += chunk;
        if (!said.includes(this.url)) return;
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** The end without a warning. */
  kill(): Promise<void> {
    return this.#end("SIGKILL");
  }

  /** The end as it should be. */
  stop(): Promise<void> {
    return this.#end("SIGTERM");
  }

  async #end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await gone;
  }
}

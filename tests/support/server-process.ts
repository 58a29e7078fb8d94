import { type ChildProcess, spawn } from "node:child_process";
import { node } from "../../bin/setup/paths.mjs";
import { serverOptions, serverProgram } from "../../bin/setup/server.mjs";

/** A server that has not said its address by then will not, in milliseconds. */
const START_MS = 60_000;

type Program = { url: string; program: string; options?: string[]; environment?: Record<string, string> };
type Clew = { port: number; data: string; databaseUrl: string | null; options?: string[] };

/** A server as a process of its own, that can be killed and comes back on the same port with the same data. */
export class ServerProcess {
  readonly url: string;
  readonly #parts: Program;
  #child: ChildProcess | null = null;
  #inspector = "";

  /** The product, with its demo and without rate limits. */
  static clew({ port, data, databaseUrl, options = [] }: Clew): ServerProcess {
    return new ServerProcess({
      url: `http://127.0.0.1:${port}`,
      program: serverProgram,
      options: [...serverOptions, ...options],
      environment: {
        PORT: String(port),
        HOST: "127.0.0.1",
        CLEW_DATA: data,
        CLEW_DEMO: "on",
        CLEW_RATE_LIMIT: "0",
        CLEW_LOG: "error",
        ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
      },
    });
  }

  /** Any program that prints `url` when it listens. `options` are those of Node. */
  constructor(parts: Program) {
    this.url = parts.url;
    this.#parts = parts;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Where its inspector listens, when its options ask for one. */
  get inspector(): string {
    return this.#inspector;
  }

  /** Returns when it listens. */
  async start(): Promise<void> {
    const { program, options = [], environment = {} } = this.#parts;
    const child = spawn(node, [...options, program], {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    let said = "";
    child.stderr?.on("data", (chunk) => {
      said += chunk;
      this.#inspector = /ws:\S+/.exec(String(chunk))?.[0] ?? this.#inspector;
    });
    await new Promise<void>((resolve, reject) => {
      const give = (problem: string) => {
        clearTimeout(timer);
        reject(new Error(`${problem}\n${said}`));
      };
      const timer = setTimeout(() => give("the server does not listen"), START_MS);
      child.once("exit", () => give("the server ended before it listened"));
      child.stdout?.on("data", (chunk) => {
        said += chunk;
        if (!said.includes(this.url)) return;
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Resolves when the process has ended, which it may have done already. */
  async ended(): Promise<void> {
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => child.once("exit", resolve));
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

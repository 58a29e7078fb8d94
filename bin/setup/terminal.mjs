import { spawn } from "node:child_process";
import { constants } from "node:os";
import { root } from "./paths.mjs";

/** A failure that is told to the person at the terminal as it is, without a stack. */
export class Told extends Error {}

/** @param {string} text */
export const say = (text) => console.log(text);

/** Ends the program with what `main` answers; a told failure becomes its sentence and code 1.
 * @param {() => Promise<number>} main */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof Told ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}

/** Runs a program quietly under a line that shows that time passes; its output is shown only when it fails.
 * @param {string} title @param {string} command @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options] */
export async function runWithProgress(title, command, args, options = {}) {
  const began = Date.now();
  const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
  const live = process.stdout.isTTY === true;
  if (live) process.stdout.write(`${title} …`);
  else say(`${title} …`);
  const tick = live
    ? setInterval(() => process.stdout.write(`\r${title} … ${seconds()}`), 1_000)
    : setInterval(() => say(`  still at it: ${seconds()}`), 15_000);
  const { code, output } = await capture(command, args, options);
  clearInterval(tick);
  say(
    live
      ? `\r${title}: ${code === 0 ? "done" : "failed"} in ${seconds()}`
      : `  ${code === 0 ? "done" : "failed"} in ${seconds()}`,
  );
  return { ok: code === 0, output };
}

/** @param {string} command @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>} */
export function capture(command, args, options = {}) {
  return new Promise((resolve) => {
    const env = { ...(options.env ?? process.env), NO_COLOR: "1", FORCE_COLOR: undefined };
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], ...options, env });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ code: 127, output: `${output}${error.message}` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs a program in the foreground with our terminal, hands it the signals we get, answers its exit code.
 * @param {string} command @param {string[]} args @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<number>} */
export function runInForeground(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit", ...options });
    // Ctrl-C in a terminal reaches the child by itself; passing it on again would look like pressing it twice.
    const forward = (/** @type {NodeJS.Signals} */ signal) => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    };
    const signals = /** @type {NodeJS.Signals[]} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
    for (const signal of signals) process.on(signal, forward);
    // npm passes a signal on to its shell, which dies of it without a word to us: then we go too.
    const parent = process.ppid;
    const orphaned = () => process.ppid !== parent && child.kill("SIGTERM");
    const watch = process.env.npm_lifecycle_event ? setInterval(orphaned, 500) : undefined;
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearInterval(watch);
      for (const each of signals) process.off(each, forward);
      resolve(code ?? 128 + (constants.signals[signal ?? "SIGTERM"] ?? 15));
    });
  });
}

/** The end of a long output: where programs say what went wrong.
 * @param {string} output */
export const lastLines = (output, count = 25) => output.trimEnd().split("\n").slice(-count).join("\n");

/** The beginning of a long output: where npm does, before it explains its options.
 * @param {string} output */
export const firstLines = (output, count = 15) => output.trim().split("\n").slice(0, count).join("\n");

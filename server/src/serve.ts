import { randomInt } from "node:crypto";
import pino from "pino";
import { startApp } from "./app.ts";
import { ConfigError, readConfig } from "./config.ts";
import { DEMO_PASSWORD, DEMO_PEOPLE } from "./demo/people.ts";

/** Letters and digits that are not mistaken for each other when read off a screen. */
const CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

try {
  const config = readConfig();
  const log = pino({ level: config.log }, pino.destination(2));
  for (const name of config.unknown) log.warn(`${name} means nothing to Clew; is it misspelt?`);
  const setupCode = Array.from({ length: 8 }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join("");
  const app = await startApp({ config, log, setupCode });
  process.stdout.write(greeting(app, config.demo));

  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      app.close().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, "stopping failed");
          process.exit(1);
        },
      );
    });
  }
} catch (error) {
  if (error instanceof ConfigError)
    process.stderr.write(`Clew cannot start:\n${error.problems.map((line) => `  ${line}`).join("\n")}\n`);
  else if (error instanceof Error && "code" in error && error.code === "EADDRINUSE")
    process.stderr.write(`Clew cannot start: the port is taken. Choose another one with PORT=….\n`);
  else
    process.stderr.write(
      `Clew cannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
  process.exitCode = 1;
}

function greeting({ url, setupCode }: { url: string; setupCode: string | null }, demo: boolean): string {
  const lines = ["", "  Clew is running.", ""];
  if (demo) lines.push(`  Demo shop   ${url}/`);
  lines.push(`  Console     ${url}/console`, `  API         ${url}/docs/api`, "");
  if (demo) {
    lines.push(`  Accounts (password ${DEMO_PASSWORD})`);
    for (const person of DEMO_PEOPLE) lines.push(`    ${person.role.padEnd(11)} ${person.email}`);
    lines.push("");
  }
  if (setupCode) lines.push(`  First visit: open the console and enter the one-time code ${setupCode}`, "");
  return `${lines.join("\n")}\n`;
}

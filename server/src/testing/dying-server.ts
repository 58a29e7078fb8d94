import pino from "pino";
import { startApp } from "../app.ts";
import { readConfig } from "../config.ts";
import { FlowDoor } from "../flows/door.ts";

/**
 * The whole server as a process with a clock that is ahead, which kills itself (SIGKILL) at one moment of its work: when
 * a customer's message is stored and acknowledged, and flows are about to be told of it.
 *
 * AHEAD: milliseconds; DIES: the word in the message, or nothing.
 */
const { AHEAD = "0", DIES = "" } = process.env;
const hear = FlowDoor.prototype.hear;
FlowDoor.prototype.hear = function dying(event) {
  if (DIES && event.type === "message.received" && JSON.stringify(event.data).includes(DIES))
    process.kill(process.pid, "SIGKILL");
  return hear.call(this, event);
};
const log = pino({ level: "error" }, pino.destination(2));
const clock = { now: () => Date.now() + Number(AHEAD) };
const app = await startApp({ config: readConfig(), log, setupCode: "TESTCODE", clock });
console.log(app.url);

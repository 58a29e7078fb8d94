import { BOT_SERVES } from "@clew/domain/flows/conversation/told";
import pino from "pino";
import { startApp } from "../app.ts";
import { Door } from "../commands/execute.ts";
import { readConfig } from "../config.ts";
import { FlowDoor } from "../flows/door.ts";

/**
 * The whole server as a process with a clock of its own, which kills itself (SIGKILL) at one moment of its work.
 *
 * AHEAD: milliseconds by which the clock is ahead; BEGINS_AT: what it shows when the server begins. DIES: the word in a customer's message, when that is stored and acknowledged and flows are about to be
 * told of it. DIES_AS_BOT: `begins` when a session is a bot's and its run is about to begin; or a command, `flow.say` or
 * `flow.route`, when the conversation has committed it for a bot and the bot's run is about to be told.
 */
const { AHEAD = "0", BEGINS_AT, DIES = "", DIES_AS_BOT = "" } = process.env;
const die = () => process.kill(process.pid, "SIGKILL");

const hear = FlowDoor.prototype.hear;
FlowDoor.prototype.hear = function dying(event) {
  if (DIES && event.type === "message.received" && JSON.stringify(event.data).includes(DIES)) die();
  if (DIES_AS_BOT === "begins" && event.type === BOT_SERVES) die();
  return hear.call(this, event);
};
const execute = Door.prototype.execute;
Door.prototype.execute = async function dying(command, actor, way) {
  const answer = await execute.call(this, command, actor, way);
  if (command.type === DIES_AS_BOT && "botRun" in command) die();
  return answer;
};

const log = pino({ level: "error" }, pino.destination(2));
const ahead = BEGINS_AT ? Number(BEGINS_AT) - Date.now() : Number(AHEAD);
const clock = { now: () => Date.now() + ahead };
const app = await startApp({ config: readConfig(), log, setupCode: "TESTCODE", clock });
console.log(app.url);

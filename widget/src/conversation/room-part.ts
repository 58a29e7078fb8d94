import log from "../messages/log.css?inline";
import messages from "../messages/messages.css?inline";
import waiting from "../waiting/waiting.css?inline";
import composer from "./composer.css?inline";

export { Conversation } from "./conversation.tsx";
export const css = log + messages + composer + waiting;

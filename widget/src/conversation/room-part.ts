import log from "../messages/log.css?inline";
import messages from "../messages/messages.css?inline";
import waiting from "../waiting/waiting.css?inline";
import composer from "./composer.css?inline";
import { addIcons } from "./icons.tsx";
import { ROOM_ICONS } from "./room-icons.ts";

export { LeftBehind } from "../return/left-behind.tsx";
export { Conversation } from "./conversation.tsx";
export const css = log + messages + composer + waiting;
addIcons(ROOM_ICONS);

import { Loading } from "../reconnect/loading.tsx";
import { later } from "./later.tsx";

/** The log and where one writes; not needed while the first questions are asked. */
const room = later(() => import("./room-part.ts"));
export const fetchRoom = room.fetch;
export const LeftBehind = room.view((part) => part.LeftBehind);
export const Conversation = room.view((part) => part.Conversation, Loading);

import ended from "../ended/ended.css?inline";
import extras from "./extras.css?inline";
import { EXTRAS_ICONS } from "./extras-icons.ts";
import { addIcons } from "./icons.tsx";

export { Countdown } from "../ended/countdown.tsx";
export { EndDialog } from "../ended/end-dialog.tsx";
export { EndedFooter } from "../ended/ended-footer.tsx";
export { NextMessage } from "../ended/next-message.tsx";
export { AttachmentView } from "../messages/attachment-view.tsx";
export { ClosedHours } from "../reconnect/closed-hours.tsx";
export { Failed } from "../reconnect/failed.tsx";
export { addFiles } from "./attaching.ts";
export { EmojiPicker } from "./emoji.tsx";
export { Menu } from "./menu.tsx";
export { blip } from "./sound.ts";
export { Uploads } from "./uploads.tsx";
export const css = ended + extras;
addIcons(EXTRAS_ICONS);

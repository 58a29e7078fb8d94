/** Forms that are open; loaded when the first one is. */
export { chatForm } from "./chat-form.ts";
export { deskForm } from "./desk-form.ts";
export { liveForm, type OpenForm, type OpenFormState } from "./live-form.ts";
export type { FormFile, FormFiles, FormMessage, FormPort, FormUpload } from "./port.ts";

import forms from "../forms/forms.css?inline";
import preChat from "./pre-chat.css?inline";

export { AskAgain } from "./ask-again.tsx";
export { PreChat } from "./pre-chat.tsx";
export const css = forms + preChat;

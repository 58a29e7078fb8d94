import forms from "../forms/forms.css?inline";
import { asking } from "../strings/en-asking.ts";
import { surveying } from "../strings/en-survey.ts";
import { ENGLISH } from "../strings/strings.ts";
import survey from "../survey/survey.css?inline";
import preChat from "./pre-chat.css?inline";

Object.assign(ENGLISH.strings, asking, surveying);

export { Survey } from "../survey/survey.tsx";
export { AskAgain } from "./ask-again.tsx";
export { PreChat } from "./pre-chat.tsx";
export const css = forms + preChat + survey;

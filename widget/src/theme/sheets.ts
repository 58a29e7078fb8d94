import composer from "../conversation/composer.css?inline";
import header from "../conversation/header.css?inline";
import ended from "../ended/ended.css?inline";
import forms from "../forms/forms.css?inline";
import log from "../messages/log.css?inline";
import messages from "../messages/messages.css?inline";
import preChat from "../pre-chat/pre-chat.css?inline";
import reconnect from "../reconnect/reconnect.css?inline";
import waiting from "../waiting/waiting.css?inline";
import frame from "./frame.css?inline";
import tokens from "./tokens.css?inline";

/** All of the chat's styles, for one constructed sheet: no style element and so nothing for a strict policy to refuse. */
export const css = [tokens, frame, header, log, messages, composer, forms, preChat, waiting, ended, reconnect].join("");

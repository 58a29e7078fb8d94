import header from "../conversation/header.css?inline";
import reconnect from "../reconnect/reconnect.css?inline";
import frame from "./frame.css?inline";
import tokens from "./tokens.css?inline";

/** Styles of what is seen first, for a constructed sheet: no style element, so nothing for a strict policy to refuse. */
export const css = [tokens, frame, header, reconnect].join("");

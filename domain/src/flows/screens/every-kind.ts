// Everything that a form may ask for, learned at once: for whoever does not fetch it piece by piece.
import "../expressions/functions.ts";
import "./file-kinds.ts";
import "./formula-language.ts";
import "./moment-kinds.ts";
import "./payment-kind.ts";
import "./rare-kinds.ts";

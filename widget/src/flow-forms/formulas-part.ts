import "@clew/domain/flows/screens/formula-language";

/** A part without views has no styles. */
export const css = "";

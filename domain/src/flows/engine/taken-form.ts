/** Which node took a form's answers, at which place of its list (null: they are its whole value), and in which passes of loops. */
export type TakenForm = { node: string; place: number | null; loops: string[] };

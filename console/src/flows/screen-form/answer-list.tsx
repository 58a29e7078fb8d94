import { t } from "../../strings/strings.ts";
import classes from "./screen-form.module.css";

type Props = {
  title: string;
  answers: unknown;
  /** The formula that names them, "=answer": labels are kept by path. */
  path: string;
  labels: Readonly<Record<string, string>>;
};

/** The answers of a form, read only: what people read for the chosen, and the value for the rest. */
export function AnswerList({ title, answers, path, labels }: Props) {
  const entries =
    typeof answers === "object" && answers !== null
      ? Object.entries(answers).filter(([, value]) => value !== null && value !== "")
      : [];
  const root = path.replace(/^=\s*/, "").trim();
  return (
    <section className={classes.answers}>
      {title && (
        <h5>
          <bdi>{title}</bdi>
        </h5>
      )}
      {entries.length === 0 && <p className={classes.quiet}>{t("flows.noAnswers")}</p>}
      <dl>
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{wordsOf(name)}</dt>
            <dd>
              <bdi>{labels[`${root}.${name}`] ?? plain(value)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** "payoutIban" → "Payout iban". */
export function wordsOf(name: string): string {
  const words = name
    .replaceAll(/[_.]/g, " ")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Any value in a line. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (value === true) return "✓";
  if (value === false) return "✗";
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

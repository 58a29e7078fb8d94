import type { Value } from "@clew/domain/flows/expressions/value";
import { readable } from "@clew/domain/flows/screens/evaluated";
import { useForm } from "./form-context.ts";

/** Answers that were given elsewhere, to be read. */
export function Answers({ title, of }: { title: string; of: Value }) {
  const { shown } = useForm();
  const entries = typeof of === "object" && of !== null && !Array.isArray(of) ? Object.entries(of) : [];
  return (
    <div class="ff-answers">
      {title && <h4>{title}</h4>}
      <dl>
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{readable(value, shown) || (value === true ? "✓" : "–")}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

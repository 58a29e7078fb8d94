import { plain } from "./screen-form/answer-list.tsx";

type KnownProps = {
  entries: readonly (readonly [name: string, value: unknown])[];
  /** Whether this one is marked as changed. */
  isChanged?(name: string): boolean;
  className: string | undefined;
};

/** Variables of a run by name, with what is in them. */
export function KnownValues({ entries, isChanged, className }: KnownProps) {
  return (
    <dl className={className}>
      {entries.map(([name, value]) => (
        <div key={name} data-changed={isChanged?.(name) || undefined}>
          <dt>
            <code>{name}</code>
          </dt>
          <dd>
            <bdi>{plain(value)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

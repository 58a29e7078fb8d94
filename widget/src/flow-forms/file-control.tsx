import { useEffect, useState } from "preact/hooks";
import type { ControlProps } from "./control-props.ts";
import { fileProblem } from "./file-problem.ts";
import { useForm } from "./form-context.ts";
import type { FormFile } from "./live-form.ts";

/** Files are stored as soon as they are chosen; the answer names them. Their way goes on while nobody looks. */
export function FileControl({ component, name, value, locked, change, attributes }: ControlProps<"file">) {
  const { form, state, say, words } = useForm();
  const [tooLarge, setTooLarge] = useState("");
  const { "aria-required": _, ...first } = attributes;
  const { max = 1, maxMb, accept } = component;
  const files = (Array.isArray(value) ? value : value ? [value] : []) as FormFile[];
  const under = state.files.filter(({ field }) => field === name);
  const keep = (all: readonly FormFile[]) => change(all.length === 0 ? null : max > 1 ? all : all.at(-1), true);
  // What has arrived becomes the answer, also what did so before a reload.
  useEffect(() => {
    const stored = under.flatMap((one) => (one.state === "stored" ? [one] : []));
    const fresh = stored.map(({ file }) => file).filter(({ id }) => !files.some((known) => known.id === id));
    if (fresh.length > 0) keep([...files, ...fresh]);
    for (const { id } of stored) form.files.drop(id);
  });
  const failed = under.find(({ state: way }) => way === "failed");
  function add(chosen: readonly File[]): void {
    const large = maxMb === undefined ? undefined : chosen.find(({ size }) => size > maxMb * 1_000_000);
    setTooLarge(large ? `${large.name}: ${words.problems["file-size"].replace("#", `${maxMb} MB`)}` : "");
    const taken = chosen.filter((file) => maxMb === undefined || file.size <= maxMb * 1_000_000);
    if (taken.length > 0 && max === 1) for (const { id } of under) form.files.drop(id);
    for (const file of taken) form.files.add(name, file);
  }
  return (
    <>
      <ul class="ff-files">
        {files.map(({ id, name: called }) => (
          <li key={id}>
            <bdi>{called}</bdi>
            {!locked && (
              <Remove name={say("remove", called)} act={() => keep(files.filter((each) => each.id !== id))} />
            )}
          </li>
        ))}
        {under.map((one) => (
          <li key={one.id}>
            <bdi>{one.name}</bdi>
            <Remove name={say("remove", one.name)} act={() => form.files.drop(one.id)} />
            {one.state === "failed" ? (
              <p class="ff-wrong" id={one === failed ? `${attributes.id}-wrong` : undefined}>
                {fileProblem(one, words)}
                {one.again && (
                  <button type="button" class="ff-link" onClick={() => form.files.retry(one.id)}>
                    {say("again")}
                    <span class="hidden"> {one.name}</span>
                  </button>
                )}
              </p>
            ) : (
              <progress value={one.share} max={1} aria-label={one.name} />
            )}
          </li>
        ))}
      </ul>
      {tooLarge && (
        <p class="ff-wrong" role="alert">
          {tooLarge}
        </p>
      )}
      <label class="ff-add secondary" aria-disabled={locked}>
        <input
          {...first}
          class="hidden"
          type="file"
          multiple={max > 1}
          accept={accept?.join(",")}
          disabled={locked || (max > 1 && files.length >= max)}
          onChange={(event) => {
            add([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = "";
          }}
        />
        {say("addFile")}
      </label>
    </>
  );
}

function Remove({ name, act }: { name: string; act(): void }) {
  return (
    <button type="button" class="ff-out" aria-label={name} title={name} onClick={act}>
      <svg class="ff-sign" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M6 6l12 12M18 6 6 18" />
      </svg>
    </button>
  );
}

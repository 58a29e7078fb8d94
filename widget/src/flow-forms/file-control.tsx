import { useState } from "preact/hooks";
import type { ControlProps } from "./control-props.ts";
import { useForm } from "./form-context.ts";
import type { FormFile } from "./live-form.ts";

type Going = { key: number; name: string; share: number; problem: string };
let made = 0;

/** Files are stored as soon as they are chosen; the answer names them. */
export function FileControl({ component, field, value, locked, change, attributes }: ControlProps<"file">) {
  const { form, say } = useForm();
  const [going, setGoing] = useState<readonly Going[]>([]);
  const { "aria-required": _, ...first } = attributes;
  const { max = 1, accept } = component;
  const files = (Array.isArray(value) ? value : value ? [value] : []) as FormFile[];
  const keep = (all: readonly FormFile[]) => change(all.length === 0 ? null : max > 1 ? all : all[0], true);
  const patch = (key: number, change: Partial<Going> | null) =>
    setGoing((all) => all.flatMap((each) => (each.key !== key ? [each] : change ? [{ ...each, ...change }] : [])));
  const add = async (chosen: readonly File[]) => {
    let all = files;
    for (const file of chosen) {
      made += 1;
      const key = made;
      setGoing((before) => [...before, { key, name: file.name, share: 0, problem: "" }]);
      const stored = await form.upload(file, (share) => patch(key, { share }));
      if ("problem" in stored) patch(key, { problem: stored.problem });
      else {
        patch(key, null);
        all = max > 1 ? [...all, stored] : [stored];
        keep(all);
      }
    }
  };
  return (
    <>
      <ul class="ff-files">
        {files.map(({ id, name }) => (
          <li key={id}>
            <bdi>{name}</bdi>
            {!locked && (
              <button type="button" class="ff-link" onClick={() => keep(files.filter((each) => each.id !== id))}>
                {say("remove", name)}
              </button>
            )}
          </li>
        ))}
        {going.map(({ key, name, share, problem }) => (
          <li key={key}>
            <bdi>{name}</bdi>
            {problem ? <span class="ff-wrong">{problem}</span> : <progress value={share} max={1} aria-label={name} />}
            {problem && (
              <button type="button" class="ff-link" onClick={() => patch(key, null)}>
                {say("remove", name)}
              </button>
            )}
          </li>
        ))}
      </ul>
      <label class="ff-add secondary" aria-disabled={locked}>
        <input
          {...first}
          class="hidden"
          type="file"
          multiple={max > 1}
          accept={accept?.join(",")}
          disabled={locked || (max > 1 && files.length >= max)}
          data-status={field.status}
          onChange={(event) => {
            void add([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = "";
          }}
        />
        {say("addFile")}
      </label>
    </>
  );
}

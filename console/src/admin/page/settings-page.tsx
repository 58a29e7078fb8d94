import { Button } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import { IconPlus } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useRef } from "react";
import { type Nouns, useItems, useItemVerbs } from "../api/items.ts";
import { DeleteButton } from "../editing/delete-button.tsx";
import type { FieldErrors } from "../editing/pointer.ts";
import { SaveBar } from "../editing/save-bar.tsx";
import { type Editing, useEditing } from "../editing/use-editing.ts";
import { a } from "../strings/words.ts";
import { AdminLink, useGo } from "./admin-link.tsx";
import { Empty } from "./empty.tsx";
import { NoSuchPage } from "./no-such-page.tsx";
import { Page, Read } from "./page.tsx";
import { Rows } from "./rows.tsx";

/** Things whose settings lie beside their id and revision. */
export type FlatNoun = "Queue" | "Skill" | "Hours" | "QuickReply" | "Agent";
type Settings<N extends FlatNoun> = Nouns[N]["settings"];

export function settingsOf<N extends FlatNoun>(stored: Nouns[N]["stored"]): Settings<N> {
  const { id: _id, revision: _revision, ...settings } = stored;
  return settings as unknown as Settings<N>;
}

type SettingsPageProps<N extends FlatNoun> = {
  noun: N;
  /** "new" for one that is not made yet. */
  id: string;
  place: string;
  back: string;
  newTitle: string;
  blank(): Settings<N>;
  nameOf(settings: Settings<N>): string;
  check(settings: Settings<N>, isNew: boolean): FieldErrors;
  /** What goes with the settings when a new one is made. */
  extra?: () => object;
  /** Agents are switched off, never deleted. */
  deletable?: boolean;
  actions?: (stored: Nouns[N]["stored"]) => ReactNode;
  children(editing: Editing<Settings<N>>): ReactNode;
};

/** The page of one thing: reads it, edits it, saves it, deletes it. */
export function SettingsPage<N extends FlatNoun>(props: SettingsPageProps<N>) {
  const items = useItems(props.noun);
  return (
    <Read query={items}>
      {(all) => {
        const stored = all.find((item) => item.id === props.id);
        return stored === undefined && props.id !== "new" ? (
          <NoSuchPage />
        ) : (
          <SettingsForm key={props.id} {...props} stored={stored ?? null} />
        );
      }}
    </Read>
  );
}

function SettingsForm<N extends FlatNoun>(props: SettingsPageProps<N> & { stored: Nouns[N]["stored"] | null }) {
  const { noun, stored, place } = props;
  const go = useGo();
  const verbs = useItemVerbs(noun);
  const blank = useRef<Settings<N> | null>(null);
  blank.current ??= props.blank();
  const made = useRef<string | null>(null);
  const versionOf = (item: Nouns[N]["stored"]) => ({ settings: settingsOf<N>(item), revision: item.revision });
  const editing = useEditing<Settings<N>>({
    stored: stored === null ? { settings: blank.current, revision: null } : versionOf(stored),
    check: (settings) => props.check(settings, stored === null),
    store: async (settings, revision) => {
      const item =
        stored === null || revision === null
          ? await verbs.create({ ...settings, ...props.extra?.() })
          : await verbs.save(stored.id, settings, revision);
      made.current = item.id;
      return versionOf(item);
    },
    latest: async () => {
      const latest = stored === null ? undefined : await verbs.read(stored.id);
      return latest && versionOf(latest);
    },
  });
  const name = stored === null ? props.newTitle : props.nameOf(settingsOf<N>(stored));
  return (
    <Page title={name} back={{ to: place, label: props.back }} actions={stored && props.actions?.(stored)}>
      <div>{props.children(editing)}</div>
      {stored && props.deletable !== false && (
        <div>
          <DeleteButton what={name} remove={() => verbs.remove(stored.id)} onRemoved={() => go(place)} />
        </div>
      )}
      <SaveBar
        editing={editing}
        within={`${place}/${stored?.id ?? "new"}`}
        savedMessage={a("save.saved")}
        onSaved={() => stored === null && made.current && go(`${place}/${made.current}`, { replace: true })}
      />
    </Page>
  );
}

type ListPageProps<Item> = {
  query: UseQueryResult<Item[]>;
  title: string;
  about: string;
  add: { to: string; label: string };
  empty: { icon: Icon; title: string; about: string };
  above?: ReactNode;
  row(item: Item): ReactNode;
};

/** The page that lists things of one noun, or says what belongs here. */
export function ListPage<Item>({ query, title, about, add, empty, above, row }: ListPageProps<Item>) {
  const button = (
    <Button component={AdminLink} to={add.to} leftSection={<IconPlus size={16} />}>
      {add.label}
    </Button>
  );
  return (
    <Page title={title} about={about} actions={query.data?.length ? button : undefined}>
      {above}
      <Read query={query}>
        {(items) =>
          items.length === 0 ? <Empty {...empty} action={button} /> : <Rows label={title}>{items.map(row)}</Rows>
        }
      </Read>
    </Page>
  );
}

import { Button, Menu } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowDown,
  IconArrowForwardUp,
  IconArrowUp,
  IconGitBranch,
  IconPlus,
  IconTrash,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useFlowEditing } from "../editor/editing.tsx";
import classes from "../editor/editor.module.css";
import { fitsIn, NODE_GROUPS } from "../model/new-node.ts";
import { f } from "../strings/words.ts";
import type { OutlineActions } from "./use-outline-actions.ts";

/** What can be done with the chosen step, as buttons. */
export function Toolbar({ actions }: { actions: OutlineActions }) {
  const { chosen } = useFlowEditing();
  return (
    <div className={classes.tools}>
      <AddMenu actions={actions} label={f(chosen === "flow" ? "outline.addFirst" : "outline.add")} />
      <Tool label={f("outline.branch")} icon={<IconGitBranch size={16} />} act={actions.addBranch} />
      <Tool label={f("outline.remove")} icon={<IconTrash size={16} />} act={actions.remove} />
      {actions.move && (
        <>
          <Tool
            label={f("outline.up")}
            icon={<IconArrowUp size={16} />}
            act={actions.canMove(-1) ? () => actions.move?.(-1) : null}
          />
          <Tool
            label={f("outline.down")}
            icon={<IconArrowDown size={16} />}
            act={actions.canMove(1) ? () => actions.move?.(1) : null}
          />
        </>
      )}
      <Tool label={f("editor.undo")} icon={<IconArrowBackUp size={16} />} act={actions.undo} />
      <Tool label={f("editor.redo")} icon={<IconArrowForwardUp size={16} />} act={actions.redo} />
    </div>
  );
}

function Tool({ label, icon, act }: { label: string; icon: ReactNode; act: (() => void) | null }) {
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={icon}
      // Stays in the order of the keys when it can do nothing now.
      aria-disabled={act === null}
      data-disabled={act === null || undefined}
      onClick={() => act?.()}
    >
      {label}
    </Button>
  );
}

function AddMenu({ actions, label }: { actions: OutlineActions; label: string }) {
  const { definition } = useFlowEditing();
  return (
    <Menu
      opened={actions.adding}
      onChange={(opened) => (opened ? actions.openAdd?.() : actions.closeAdd())}
      position="bottom-start"
      returnFocus={false}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <Button
          size="xs"
          leftSection={<IconPlus size={16} aria-hidden />}
          aria-disabled={actions.openAdd === null}
          data-disabled={actions.openAdd === null || undefined}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {NODE_GROUPS.map(({ group, types }) => {
          const fitting = types.filter((type) => fitsIn(type, definition));
          return fitting.length === 0 ? null : (
            <div key={group}>
              <Menu.Label>{f(`group.${group}`)}</Menu.Label>
              {fitting.map((type) => (
                <Menu.Item key={type} onClick={() => actions.add(type)}>
                  {f(`type.${type}`)}
                </Menu.Item>
              ))}
            </div>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

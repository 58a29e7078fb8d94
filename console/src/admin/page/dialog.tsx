import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { a } from "../strings/words.ts";

type DialogProps = {
  opened: boolean;
  title: string;
  onClose(): void;
  size?: "md" | "lg" | "xl";
  /** A press beside it closes it; not where something would be lost. */
  closeOnClickOutside?: boolean;
  children: ReactNode;
};

/** A question or a small piece of work in front of the page. */
export function Dialog({ size = "md", closeOnClickOutside = true, ...rest }: DialogProps) {
  return (
    <Modal
      {...rest}
      size={size}
      closeOnClickOutside={closeOnClickOutside}
      closeButtonProps={{ "aria-label": a("dialog.close") }}
    />
  );
}

import { useLocation, useNavigate, useRouter } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, MouseEvent, Ref } from "react";

/** Pages of the admin screens are named by their path below `/admin`, such as "channels/ID/look". */
export function useAdminPlace(): { parts: string[]; path: string } {
  const { pathname } = useLocation();
  const path = pathname.replace(/^.*?\/admin(?=\/|$)/, "").replace(/^\/|\/$/g, "");
  return { path, parts: path === "" ? [] : path.split("/").map(decodeURIComponent) };
}

export function useGo(): (path: string, options?: { replace?: boolean }) => void {
  const navigate = useNavigate();
  return (path, options = {}) => void navigate({ to: `/admin/${path}` as never, replace: options.replace ?? false });
}

type AdminLinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> & {
  to: string;
  ref?: Ref<HTMLAnchorElement>;
};

/** A real link (opens in a new tab when asked to) to a page of the admin screens. */
export function AdminLink({ to, onClick, ref, ...rest }: AdminLinkProps) {
  const router = useRouter();
  const go = useGo();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a ref={ref} href={router.buildLocation({ to: `/admin/${to}` as never }).publicHref} onClick={follow} {...rest} />
  );
}

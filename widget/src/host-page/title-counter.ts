/** Shows unread messages in the page's title while nobody looks, and gives the page its own title back. */
export function createTitleCounter() {
  let own: string | undefined;
  let shown: string | undefined;
  return {
    show(count: number, text: string): void {
      // The page may have changed its title in the meantime; then that one is its own.
      if (shown !== undefined && document.title !== shown) own = undefined;
      if (count === 0) {
        if (own !== undefined && document.title === shown) document.title = own;
        own = undefined;
        shown = undefined;
      } else {
        own ??= document.title;
        shown = text;
        if (document.title !== text) document.title = text;
      }
    },
  };
}

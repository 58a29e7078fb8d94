/** How the address of a page begins behind the `#` when someone comes back by a link. */
export const RECONNECT = "#clew-reconnect=";

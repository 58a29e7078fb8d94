import css from "./lookup-part.css?inline";

export { AddressLookup } from "./address-lookup.tsx";
export { css };

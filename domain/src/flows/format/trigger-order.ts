/** The order of a flow on its trigger where the flow does not say one. */
export const ORDER_UNSAID = 100;

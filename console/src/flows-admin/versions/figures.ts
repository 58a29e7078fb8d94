export const time = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
export const percents = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });

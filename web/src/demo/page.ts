/** An element of the demo page. */
export const find = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;

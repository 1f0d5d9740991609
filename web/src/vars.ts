// Sets CSS custom properties and attributes of geometry through the CSSOM: a strict
// `style-src 'self'` forbids style attributes, and Lit's styleMap begins with one.
import type { ElementPart } from "lit";
import { Directive, directive } from "lit/directive.js";

type Vars = Record<`--${string}`, string | number>;

class VarsDirective extends Directive {
  render(_vars: Vars): void {}

  override update(part: ElementPart, [vars]: [Vars]): void {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(vars)) style.setProperty(name, String(value));
  }
}

/** `<div ${vars({"--v": 0.4})}>` */
export const vars = directive(VarsDirective);

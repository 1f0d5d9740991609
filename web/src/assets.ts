// Starts the worker, also for a page of another origin, and under Trusted Types.

interface Policy {
  createScriptURL(url: string): string;
  createHTML(html: string): string;
}
interface PolicyFactory {
  createPolicy(name: string, rules: Policy): Policy;
}

const plain: Policy = { createScriptURL: (url) => url, createHTML: (html) => html };
let made: Policy | undefined;

/** Our one policy: our own worker's address, and mail previews in a frame that runs no script. */
function policy(): Policy {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  made ??= factory ? factory.createPolicy("okaeri", plain) : plain;
  return made;
}

/** HTML for the `srcdoc` of a frame that is sandboxed without scripts. */
export const previewHtml = (html: string): string => policy().createHTML(html);

/** The worker and the module's address in a folder. */
export function toolsAt(folder: string): { worker: Worker; module: string } {
  const base = new URL(folder.endsWith("/") ? folder : `${folder}/`, location.href);
  const script = new URL("okaeri-worker.js", base).href;
  const module = new URL("okaeri.wasm", base).href;
  // A browser refuses a worker of another origin; one of ours may import it, if that origin
  // shares it by CORS and the page's policy allows `worker-src blob:`.
  const own = base.origin === location.origin;
  const address = own
    ? script
    : URL.createObjectURL(
        new Blob([`import ${JSON.stringify(script)};`], { type: "text/javascript" }),
      );
  return { worker: new Worker(policy().createScriptURL(address), { type: "module" }), module };
}

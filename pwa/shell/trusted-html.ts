// The one door for markup and script addresses: the page's Trusted Types policy (named dully) lets nothing else in.

interface Policy {
  createHTML(text: string): string;
  createScriptURL(address: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: Policy): Policy;
}

const rules: Policy = {
  createHTML: (text) => text,
  createScriptURL(address) {
    if (new URL(address, location.href).origin !== location.origin) throw new TypeError(address);
    return address;
  },
};

const factory = (window as { trustedTypes?: PolicyFactory }).trustedTypes;
const policy = factory ? factory.createPolicy(NAMES.htmlPolicy, rules) : rules;

/** Turns a fragment of the pack into nodes. Only bytes of our own pack may come here: nobody's typed words ever do. */
export function fragmentFrom(packHtml: string): DocumentFragment {
  return document.createRange().createContextualFragment(policy.createHTML(packHtml));
}

export function scriptAddress(address: string): string {
  return policy.createScriptURL(address);
}

/** Plain names in the source, dull ones on the phone: the build puts each value in place (pwa/names.json). */
declare const NAMES: Readonly<typeof import("../names.json")>;

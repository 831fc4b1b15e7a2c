// Stands in a cover's page itself. The page is a whole picture without its script, so the script is only asked for once
// that has been drawn: on a slow phone even the asking takes a while (docs/DECISIONS.md).

/** Where nothing is drawn, as in a hidden page, it goes on after a moment. */
const NOT_DRAWN_MS = 500;

const { script = "" } = (document.currentScript as HTMLScriptElement).dataset;

// Twice is no harm: a script that is there is not fetched again.
const fetchScript = () => void import(script);

// The first frame is the bar, the second the picture under it.
requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(fetchScript)));
setTimeout(fetchScript, NOT_DRAWN_MS);

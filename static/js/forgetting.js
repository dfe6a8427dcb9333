// What somebody answers or objects to is theirs alone, on a shared computer too: nothing of it stays in the browser's files.
// For pages with <main data-forgets>, whose forms say autocomplete="off": else the browser writes what is typed into its files, and
// shows it to whoever goes back to the page or opens its tab again, though somebody else has signed in since.

export function enhance(root) {
  if (root !== document) return;
  // The answer to a form that was sent is remembered with all that was sent; replaced by its own address, it is not.
  history.replaceState(null, "", location.href);
  // A link within the page leads there as ever, but without an address of its own: that would stand in the history, by the minute.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("main a[href^='#']");
    const place = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!place) return;
    event.preventDefault();
    for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    place.scrollIntoView();
    if (!place.matches("input, select, textarea, summary, [tabindex]")) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  });
}

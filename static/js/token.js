// Whoever has signed in again meanwhile, in another tab, has another token than the page that waited: <form method="post"> sends it.

/** Who is answered now at this page's own address: "reader", for whom it was made, and the token of now stands in each of its
 *  forms; "nobody"; "other", on a computer that is shared; "gone", where there is no such page for its reader any more; or
 *  "unknown", where the answer has no form. */
export async function whose() {
  const answer = await fetch(location.href, { credentials: "same-origin", signal: AbortSignal.timeout(10000) });
  if (answer.status === 429 || answer.status >= 500) return "unknown"; // pages that are made for nobody
  const now = new DOMParser().parseFromString(await answer.text(), "text/html");
  const { reader } = now.documentElement.dataset;
  // Somebody else may have signed in, on a computer that is shared: what was typed here is not theirs.
  if (reader !== document.documentElement.dataset.reader) return reader ? "other" : "nobody";
  if (answer.status === 404) return "gone";
  const fresh = now.querySelector("[name=csrfmiddlewaretoken]");
  if (!answer.ok || !fresh) return "unknown";
  for (const token of document.querySelectorAll("[name=csrfmiddlewaretoken]")) token.value = fresh.value;
  return "reader";
}

/** Put the token of now into every form of this page; whether there is one for whoever asks. */
export const renew = async () => (await whose()) === "reader";

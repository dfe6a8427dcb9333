// Whoever has signed in again meanwhile, in another tab, has another token than the page that waited: <form method="post"> sends it.

/** Who would be answered now, asked at this page's own address: "reader" is whoever the page was made for, and the token of now
 *  stands in each of its forms; "nobody", or "other" on a computer that is shared; "unknown" where no page with a form is. */
export async function whose() {
  const answer = await fetch(location.href, { redirect: "manual", credentials: "same-origin", signal: AbortSignal.timeout(10000) });
  if (answer.type === "opaqueredirect") return "nobody";
  const now = new DOMParser().parseFromString(await answer.text(), "text/html");
  // Somebody else may have signed in, on a computer that is shared: what was typed here is not theirs.
  if (now.documentElement.dataset.reader !== document.documentElement.dataset.reader) return "other";
  const fresh = answer.ok && now.querySelector("[name=csrfmiddlewaretoken]");
  if (!fresh) return "unknown";
  for (const token of document.querySelectorAll("[name=csrfmiddlewaretoken]")) token.value = fresh.value;
  return "reader";
}

/** Put the token of now into every form of this page; whether there is one for whoever asks. */
export const renew = async () => (await whose()) === "reader";

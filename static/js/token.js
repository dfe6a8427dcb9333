// Whoever has signed in again meanwhile, in another tab, has another token than the page that waited: <form method="post"> sends it.

/** Put the token of now into every form of this page; whether there is one for whoever asks. */
export async function renew() {
  const answer = await fetch(location.href, { redirect: "manual", credentials: "same-origin", signal: AbortSignal.timeout(10000) });
  if (!answer.ok) return false;
  const now = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = now.querySelector("[name=csrfmiddlewaretoken]");
  // Somebody else may have signed in, on a computer that is shared: what was typed here is not theirs.
  if (!fresh || now.documentElement.dataset.reader !== document.documentElement.dataset.reader) return false;
  for (const token of document.querySelectorAll("[name=csrfmiddlewaretoken]")) token.value = fresh.value;
  return true;
}

/** Sets cookies of each kind, and tells the page that opened this window. */
for (const cookie of [
  'strict=1; SameSite=Strict',
  'lax=1; SameSite=Lax',
  'none=1; SameSite=None; Secure',
]) {
  document.cookie = cookie;
}
const page = window.opener as Window | null;
page?.postMessage({cookies: document.cookie}, '*');

// A body of what a script posts, with the page's antiforgery token; without one the server refuses it.
export function signed(values, within = document) {
  const body = new FormData();
  body.set('__RequestVerificationToken', within.querySelector('input[name=__RequestVerificationToken]').value);
  Object.entries(values).forEach(([name, value]) => body.set(name, value));
  return body;
}

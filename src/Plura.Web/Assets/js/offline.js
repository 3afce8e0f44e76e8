// Without a connection: what is shown is an earlier copy and says so, and no form is sent into the void. The worker that keeps copies is sw.js.
const root = document.documentElement;
const person = () => document.querySelector('meta[name="plura-person"]');

if (person())
  navigator.serviceWorker?.register('/sw.js').catch(() => null);

// Before every other listener: a form that cannot leave stays as it is.
addEventListener('submit', event => {
  if (navigator.onLine || event.target.method !== 'post' || event.defaultPrevented)
    return;
  event.preventDefault();
  event.stopImmediatePropagation();
  say('Nothing was sent: you are offline. What you wrote stays where it is; send it when you are back.', true);
}, true);

// Whoever signs out leaves nothing that the next person could read here.
document.addEventListener('submit', event => {
  if (event.target instanceof HTMLFormElement && event.target.getAttribute('action') === '/sign-out')
    navigator.serviceWorker?.controller?.postMessage('forget');
});

function state() {
  // The page that says nothing else needs no line above it.
  if (document.querySelector('[data-offline-pages]'))
    return;
  const keptAt = Number(root.dataset.keptAt);
  if (!navigator.onLine)
    say(keptAt ? `You are offline. This page is a copy of ${time(keptAt)}; buttons and forms work again when you are back.` : 'You are offline. What you write stays here until you are back.');
  else if (keptAt)
    renew();
  else
    document.querySelector('.offline-bar')?.remove();
}

const time = at => new Intl.DateTimeFormat(root.lang || undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(at);

function say(text, urgent) {
  let bar = document.querySelector('.offline-bar');
  if (!bar) {
    bar = document.createElement('p');
    bar.className = 'offline-bar';
    bar.setAttribute('role', 'status');
    document.body.prepend(bar);
  }
  bar.textContent = text;
  bar.classList.toggle('urgent', Boolean(urgent));
}

let again;
// Back again, with words in the forms perhaps: the copy gets what its forms need, and nothing that was typed goes.
async function renew() {
  const reply = await fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => null);
  if (!reply?.ok) {
    // The device is back and the server is not, or is slow: it is asked again until it answers.
    say('There is no connection to the server. This page is a copy of an earlier moment.');
    clearTimeout(again);
    again = setTimeout(state, 3000);
    return;
  }
  if (reply.redirected) {
    say('You are back, but signed out. Sign in by another window; what you wrote stays here.');
    return;
  }
  const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
  const token = page.querySelector('input[name="__RequestVerificationToken"]')?.value;
  document.querySelectorAll('input[name="__RequestVerificationToken"]').forEach(input => { input.value = token ?? ''; });
  delete root.dataset.keptAt;
  const typed = [...document.querySelectorAll('textarea, input:not([type=hidden])')].some(field => field.value !== field.defaultValue);
  if (typed)
    say('You are back. What you wrote is still here and can be sent; reload the page to see what is new.');
  else
    location.reload();
}

// The page of a moment without connection lists what can be read all the same.
async function list() {
  const place = document.querySelector('[data-offline-pages]');
  if (!place || !globalThis.caches)
    return;
  const cache = await caches.open('plura-pages');
  const found = [];
  for (const request of await cache.keys()) {
    const copy = await cache.match(request);
    if (Number(copy?.headers.get('x-until')) > Date.now())
      found.push({ at: Number(copy.headers.get('x-kept-at')), href: new URL(request.url).pathname + new URL(request.url).search, title: decodeURIComponent(copy.headers.get('x-title') ?? '').split(' · ')[0] });
  }
  found.sort((a, b) => b.at - a.at);
  place.replaceChildren(...found.map(({ at, href, title }) => {
    const line = document.createElement('li');
    const link = document.createElement('a');
    const when = document.createElement('small');
    link.href = href;
    link.textContent = new DOMParser().parseFromString(title, 'text/html').documentElement.textContent;
    when.textContent = `as it stood on ${time(at)}`;
    line.append(link, when);
    return line;
  }));
  document.querySelectorAll('[data-offline-some]').forEach(part => { part.hidden = found.length === 0; });
  document.querySelectorAll('[data-offline-none]').forEach(part => { part.hidden = found.length > 0; });
}

document.addEventListener('click', event => {
  if (event.target instanceof Element && event.target.closest('.offline-again'))
    location.reload();
});
addEventListener('online', state);
addEventListener('offline', state);
globalThis.Blazor?.addEventListener('enhancedload', state);
state();
list();

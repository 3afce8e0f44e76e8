// The service worker: network first. It keeps copies of the pages of the inbox and of contacts that somebody looked at, for reading without a connection, shows
// what is pushed, and does nothing else. It keeps no post and no token, and what one person read is gone when they sign out or another signs in.
const shell = `plura-shell-${BUILD}`;
const pages = 'plura-pages';
const offline = '/offline';
const kept = /^\/a\/[^/]+\/(conversations|contacts)(\/[0-9a-f-]{36})?$/;
const most = 30;

addEventListener('install', event => {
  skipWaiting();
  event.waitUntil(fillShell());
});

addEventListener('activate', event => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith('plura-shell-') && name !== shell)
      await caches.delete(name);
  }
  await clients.claim();
})()));

// Asked for without cookies, so that it is nobody's page.
async function fillShell() {
  const cache = await caches.open(shell);
  const page = await fetch(offline, { credentials: 'omit', cache: 'reload' });
  if (!page.ok)
    return;
  await cache.put(offline, page.clone());
  const html = await page.text();
  const parts = [...html.matchAll(/<(?:link|script)[^>]+?(?:href|src)="([^"]+)"/g)].map(m => m[1]).filter(a => /^\/?(lib|_framework|icons|mark)/.test(a));
  await Promise.all(parts.map(part => cache.add(new URL(part, location.origin).href).catch(() => null)));
}

addEventListener('fetch', event => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin)
    return;
  if (request.method !== 'GET') {
    if (request.method === 'POST' && url.pathname === '/sign-out')
      event.waitUntil(forget());
    return;
  }
  if (request.mode === 'navigate')
    event.respondWith(open(event, url));
  else if (request.headers.get('accept')?.includes('text/html'))
    event.respondWith(inPage(event, url));
  else if (/^\/(lib|_framework|icons|brand)\//.test(url.pathname) || url.pathname === '/mark.svg')
    event.respondWith(asset(event));
});

async function watched(event, url) {
  const reply = await fetch(event.request);
  if (reply.ok && reply.headers.get('content-type')?.startsWith('text/html'))
    event.waitUntil(look(url, reply.clone(), reply.redirected));
  return reply;
}

// A link that would have renewed the page in place: an answer that is no page has it opened whole, and that finds the copy.
async function inPage(event, url) {
  try {
    return await watched(event, url);
  } catch (error) {
    if (!event.request.headers.get('accept').includes('blazor-enhanced-nav'))
      throw error;
    return new Response(new Blob(), { headers: { 'content-type': 'application/octet-stream' } });
  }
}

async function open(event, url) {
  try {
    return await watched(event, url);
  } catch {
    return await copyOf(url) ?? await (await caches.open(shell)).match(offline) ?? Response.error();
  }
}

async function asset(event) {
  try {
    const reply = await fetch(event.request);
    if (reply.ok && reply.type === 'basic') {
      const copy = reply.clone();
      event.waitUntil(caches.open(shell).then(cache => cache.put(event.request, copy)));
    }
    return reply;
  } catch {
    return await caches.match(event.request) ?? Response.error();
  }
}

// Every page says whose it is by a mark that means nothing elsewhere. Another's mark, or the door: what was kept goes first.
async function look(url, reply, elsewhere) {
  const html = await reply.text();
  const mark = html.match(/<meta name="plura-person" content="([0-9a-f]+)" data-keep="(\d+)"/);
  if (!mark) {
    if (new URL(reply.url || url).pathname === '/sign-in')
      await forget();
    return;
  }
  const cache = await caches.open(pages);
  const owner = await (await cache.match('/plura-person'))?.text();
  if (owner !== mark[1]) {
    await forget();
    await (await caches.open(pages)).put('/plura-person', new Response(mark[1]));
  }
  if (Number(mark[2]) > 0 && !elsewhere && kept.test(url.pathname))
    await keep(url, html, Number(mark[2]));
}

async function keep(url, html, seconds) {
  const now = Date.now();
  const text = html
    .replace(/(name="__RequestVerificationToken"[^>]*? value=")[^"]*"/g, '$1"')
    .replace(/<!--[0-9a-f-]{36}-->/g, '')
    .replace('<html ', `<html data-kept-at="${now}" `);
  const title = text.match(/<title>([^<]*)/)?.[1] ?? url.pathname;
  const cache = await caches.open(pages);
  await cache.delete(url.href);
  await cache.put(url.href, new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8', 'x-title': encodeURIComponent(title), 'x-kept-at': now, 'x-until': now + seconds * 1000 } }));
  const all = (await cache.keys()).filter(r => new URL(r.url).pathname !== '/plura-person');
  for (const old of all.slice(0, Math.max(0, all.length - most)))
    await cache.delete(old);
}

// What is older than the sign-in could be is not shown, and goes.
async function copyOf(url) {
  const cache = await caches.open(pages);
  // A view of a list that nobody has looked at here: the list itself is better than nothing.
  for (const kept of [url.href, url.origin + url.pathname]) {
    const copy = await cache.match(kept);
    if (copy && Number(copy.headers.get('x-until')) > Date.now())
      return copy;
    await cache.delete(kept);
  }
}

async function forget() {
  await caches.delete(pages);
}

addEventListener('message', event => {
  if (event.data === 'forget')
    event.waitUntil(forget());
});

addEventListener('push', event => {
  const told = event.data?.json() ?? {};
  event.waitUntil(registration.showNotification(told.title ?? 'There is something new', {
    body: told.body,
    tag: told.tag,
    renotify: Boolean(told.tag),
    data: { url: told.url },
    icon: '/icons/app-192.png',
    badge: '/icons/badge-192.png',
  }));
});

addEventListener('notificationclick', event => {
  event.notification.close();
  event.waitUntil(go(event.notification.data?.url));
});

// To a page of ours and nowhere else. A window that is open goes there by itself (js/push.js): not every one is in this worker's hands.
async function go(path) {
  const to = new URL(typeof path === 'string' ? path : '/accounts', location.origin);
  const page = to.origin === location.origin ? to.pathname + to.search : '/accounts';
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const window = windows.find(w => new URL(w.url).pathname === to.pathname) ?? windows[0];
  if (!window)
    return clients.openWindow(page);
  await window.focus().catch(() => null);
  window.postMessage({ open: page });
}

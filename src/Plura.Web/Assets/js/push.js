// Notifications on this device: asked for only when somebody presses the button, and their no is remembered.
import { signed } from './signed.js';

const can = 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;
const asked = 'plura-push-no';
const halfYear = 183 * 24 * 3600 * 1000;

const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

function show() {
  const area = document.querySelector('[data-push]');
  if (!area?.dataset.push || area.dataset.pushHere)
    return;
  area.hidden = false;
  const button = area.querySelector('.push-on');
  button.hidden = !can || Notification.permission === 'denied';
  if (!can)
    why('This browser shows no notifications. On an iPhone or iPad they come once the product stands on the first screen.');
  else if (Notification.permission === 'denied')
    why('You said no to notifications on this device. Its settings for this page let you change your mind.');
  else if (Date.now() - Number(localStorage.getItem(asked)) < halfYear)
    why('Last time you did not allow it.');
}

function why(words) {
  const line = document.querySelector('.push-why');
  if (line)
    line.textContent = words;
}

async function turnOn(area) {
  if (await Notification.requestPermission() !== 'granted') {
    localStorage.setItem(asked, String(Date.now()));
    show();
    return;
  }
  localStorage.removeItem(asked);
  try {
    await navigator.serviceWorker.register('/sw.js');
    const worker = await navigator.serviceWorker.ready;
    const before = await worker.pushManager.getSubscription();
    await before?.unsubscribe();
    const given = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(area.dataset.push) });
    const form = area.querySelector('form');
    form.elements.namedItem('Allowing.Endpoint').value = given.endpoint;
    form.elements.namedItem('Allowing.Key').value = text(given.getKey('p256dh'));
    form.elements.namedItem('Allowing.Secret').value = text(given.getKey('auth'));
    form.requestSubmit();
  } catch {
    why('This browser could not turn notifications on just now. Try again in a moment.');
  }
}

document.addEventListener('click', event => {
  const button = event.target instanceof Element && event.target.closest('.push-on');
  if (button)
    turnOn(button.closest('[data-push]'));
});

// A notification was pressed and this window is the one that stands open. Where the page is there already, it shows what is new by itself.
navigator.serviceWorker?.addEventListener('message', event => {
  const page = typeof event.data?.open === 'string' ? new URL(event.data.open, location.origin) : null;
  if (page?.origin === location.origin && page.pathname + page.search !== location.pathname + location.search)
    location.assign(page);
});

// After signing in again the same device goes on getting them; in other hands, or turned off from elsewhere, it gives its subscription up.
async function here() {
  const person = document.querySelector('meta[name="plura-person"]')?.content;
  if (!can || !person || !document.querySelector('input[name=__RequestVerificationToken]') || Notification.permission !== 'granted' || sessionStorage.getItem('plura-push-here') === person)
    return;
  const given = await (await navigator.serviceWorker.getRegistration('/'))?.pushManager.getSubscription();
  if (!given)
    return;
  const reply = await fetch('/me/notifications/here', { method: 'POST', body: signed({ endpoint: given.endpoint }) }).catch(() => null);
  if (reply?.status === 404)
    await given.unsubscribe();
  if (reply?.ok || reply?.status === 404)
    sessionStorage.setItem('plura-push-here', person);
}

show();
here();
globalThis.Blazor?.addEventListener('enhancedload', show);

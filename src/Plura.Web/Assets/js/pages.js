// Small enhancements by delegation, so they survive enhanced navigation. Every page works without them.
const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;

document.addEventListener('click', event => {
  const theme = closest(event, '[data-theme-set]');
  if (theme) {
    window.pluraTheme.set(theme.dataset.themeSet);
    showTheme();
    return;
  }
  if (closest(event, '.command-open')) {
    commands();
    return;
  }
  const opener = closest(event, '[data-dialog]');
  if (opener) {
    event.preventDefault();
    opener.closest('details.menu')?.removeAttribute('open');
    document.getElementById(opener.dataset.dialog)?.showModal();
    return;
  }
  const closer = closest(event, '[data-close]');
  if (closer) {
    closer.closest('dialog')?.close();
    closer.closest('.toast-line')?.remove();
    return;
  }
  if (event.target instanceof HTMLDialogElement)
    event.target.close();
  const copier = closest(event, '[data-copy]');
  if (copier) {
    copy(copier);
    return;
  }
  openRow(event);
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target) || closest(event, '.menu-list a, .menu-list button:not([data-theme-set])'))
      menu.open = false;
  }
});

function openRow(event) {
  const row = closest(event, 'tr[data-href]');
  if (!row || closest(event, 'a, button, input, select, label, summary, dialog') || getSelection()?.toString())
    return;
  const link = row.querySelector('.main a');
  if (!link)
    return;
  if (event.ctrlKey || event.metaKey)
    window.open(link.href, '_blank', 'noopener');
  else
    link.click();
}

async function copy(button) {
  const text = button.dataset.copy || document.getElementById(button.dataset.copyFrom)?.textContent || '';
  await navigator.clipboard.writeText(text);
  const label = button.querySelector('[data-copy-label]') ?? button;
  const before = label.textContent;
  label.textContent = 'Copied';
  setTimeout(() => { label.textContent = before; }, 1500);
}

document.addEventListener('keydown', event => {
  const nothingOpen = !document.querySelector('dialog[open], details.menu[open]');
  if (event.key === 'Escape') {
    for (const menu of document.querySelectorAll('details.menu[open]')) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
  }
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k' && document.querySelector('plura-commands')) {
    event.preventDefault();
    commands();
  }
  const typing = event.target instanceof HTMLElement && (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName));
  if (typing || event.ctrlKey || event.metaKey || event.altKey)
    return;
  if (event.key === '/') {
    // The page's own before the one that stands on every page.
    const search = [...document.querySelectorAll('[data-search]')].sort((a, b) => Number(!a.closest('main')) - Number(!b.closest('main'))).find(field => field.offsetParent);
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
  // Not while somebody types in it: their words would go with the panel.
  if (event.key === 'Escape' && nothingOpen)
    document.querySelector('.side-panel-head a')?.click();
  if (event.key === '?' && !document.querySelector('dialog[open]'))
    document.getElementById('shortcuts')?.showModal();
  if (event.key === 'j' || event.key === 'k')
    step(event.key === 'j' ? 1 : -1);
  // A page may give a key of its own to a button or a field.
  const keyed = nothingOpen && document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (keyed) {
    event.preventDefault();
    keyed.matches('input, textarea') ? keyed.focus() : keyed.click();
  }
});

// The menu may still be on its way when its key is pressed: it opens when it is there.
async function commands() {
  await customElements.whenDefined('plura-commands');
  document.querySelector('plura-commands')?.toggle();
}

// j and k walk through the rows of a list, Enter opens the link in focus.
function step(by) {
  const links = [...document.querySelectorAll('tr[data-href] .main a, a[data-step]')];
  if (links.length === 0)
    return;
  const at = links.indexOf(document.activeElement);
  links[Math.max(0, Math.min(links.length - 1, at < 0 ? 0 : at + by))].focus();
}

// A form is sent once: the second press while the first is on its way does nothing. A form that gives a file has no page to wait for.
const busy = new WeakMap();
document.addEventListener('submit', event => {
  const form = event.target;
  if (form.method !== 'post' || event.defaultPrevented)
    return;
  if (busy.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  const button = event.submitter;
  button?.setAttribute('aria-busy', 'true');
  busy.set(form, setTimeout(() => release(form), form.hasAttribute('data-file') ? 2000 : 15000));
}, true);

function release(form) {
  clearTimeout(busy.get(form));
  busy.delete(form);
  form.querySelectorAll('[aria-busy]').forEach(b => b.removeAttribute('aria-busy'));
}

// Controls that apply themselves: a select or checkbox marked data-submit sends its form.
document.addEventListener('change', event => {
  if (closest(event, '[data-submit]'))
    event.target.form?.requestSubmit();
});

// One tick for the whole page of a list; without script it is not there.
document.addEventListener('change', event => {
  const all = closest(event, '[data-pick-all]');
  for (const pick of all?.closest('form').querySelectorAll('.pick') ?? [])
    pick.checked = all.checked;
  if (closest(event, '[data-pick-all], .pick'))
    countPicked();
});

function countPicked() {
  for (const place of document.querySelectorAll('[data-picked]'))
    place.textContent = `${place.closest('form').querySelectorAll('.pick:checked').length} selected`;
}

// A field that narrows the list around it: what does not hold its words is hidden.
document.addEventListener('input', event => {
  const field = closest(event, '[data-narrow]');
  if (!field)
    return;
  const words = field.value.trim().toLowerCase();
  for (const item of field.parentElement.querySelectorAll('[data-narrowed]'))
    item.hidden = !item.dataset.narrowed.toLowerCase().includes(words);
});

function showTheme() {
  const now = window.pluraTheme.get();
  for (const button of document.querySelectorAll('[data-theme-set]:not([role])'))
    button.setAttribute('aria-pressed', String(button.dataset.themeSet === now));
}

// What can be undone stays longer, and nothing goes under somebody's hand.
let toastTimer;
function fade(toast) {
  toastTimer = setTimeout(() => toast.matches(':hover, :focus-within') ? fade(toast) : toast.remove(), toast.querySelector('form') ? 20000 : 8000);
}

// A form that leads to another page leads to its top; going back finds the place where one was.
let path = location.pathname;
let back = false;
addEventListener('popstate', () => { back = true; });

function arrive() {
  if (location.pathname !== path && !back)
    scrollTo(0, 0);
  path = location.pathname;
  back = false;
  guessZone();
  showTheme();
  for (const form of document.forms) {
    if (busy.has(form))
      release(form);
  }
  // What was written in a dialog was refused: it stands open again.
  for (const dialog of document.querySelectorAll('dialog[data-opened]')) {
    dialog.removeAttribute('data-opened');
    dialog.close();
    dialog.showModal();
  }
  showRefused();
  clearTimeout(toastTimer);
  const toast = document.querySelector('.toast-line');
  if (toast)
    fade(toast);
  seekMore();
  countPicked();
  document.querySelectorAll('[data-pick-all], .cell-edit').forEach(part => { part.hidden = false; });
  // Islands are loaded only by pages that hold one.
  for (const island of document.querySelectorAll('[data-island]:not(:defined)'))
    import(new URL(island.dataset.island, document.baseURI).href);
}

// What was refused comes before one's eyes: the first field that needs another look, or the sentence about all of it.
function showRefused() {
  for (const refused of document.querySelectorAll('[data-refused]:not([data-shown])')) {
    refused.dataset.shown = '';
    const place = refused.closest('form')?.querySelector('[aria-invalid="true"]:not([type="hidden"])') ?? refused;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: 'center' });
  }
}

// Before the page arrives for the first time, or it would be forgotten again.
let ends = null;
arrive();
addEventListener('pageshow', event => { if (event.persisted) arrive(); });
globalThis.Blazor?.addEventListener('enhancedload', arrive);

// The end of a list that goes on: when it comes into sight, the next page's lines are added. Without script its link leads there.
function seekMore() {
  ends ??= new IntersectionObserver(seen => seen.filter(s => s.isIntersecting).forEach(s => addMore(s.target)), { rootMargin: '400px' });
  document.querySelectorAll('a[data-more]').forEach(link => ends.observe(link));
}

async function addMore(link) {
  ends.unobserve(link);
  const reply = await fetch(link.href, { headers: { Accept: 'text/html' } }).catch(() => null);
  // What cannot be loaded now is loaded by the link itself.
  if (!reply?.ok || reply.redirected || !link.isConnected)
    return;
  const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
  const next = page.querySelector('a[data-more]');
  document.querySelector(link.dataset.more)?.append(...page.querySelector(link.dataset.more)?.children ?? []);
  if (next) {
    link.replaceWith(next);
    ends.observe(next);
  } else {
    link.remove();
  }
}

// The person's own time zone, where they have not chosen one.
function guessZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const select of document.querySelectorAll('select[data-guess="time-zone"]')) {
    if (!select.value && [...select.options].some(option => option.value === zone))
      select.value = zone;
  }
}

// The web chat on somebody's website. Stands in a shadow root, so that the site's styles and ours do not touch; styles come by a constructed sheet and
// nodes are made one by one, so that a strict policy of the site lets it be. Nothing is kept on the device before the visitor asks for it.
import { element, linked, trap } from './chat/nodes.js';
import { remember, recall, forget } from './chat/memory.js';
import { call, listen } from './chat/wire.js';
import style from './chat/style.css';

const script = document.currentScript;
const settings = globalThis.pluraChat;
delete globalThis.pluraChat;
const preview = script.hasAttribute('data-preview');
const base = script.src.replace(/\.js(\?.*)?$/, '');
const known = new Map();
let { token, introduced } = preview ? {} : recall(base);
let remembered = Boolean(token);
let stop;
let unread = 0;
let sending = [];

function start() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  const host = document.createElement('plura-chat');
  host.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet];
  host.style.setProperty('--accent', settings.accent);
  host.style.setProperty('--ink', settings.ink);
  host.shadowRoot.append(panel, launcher);
  document.body.append(host);
  if (preview)
    open();
  else if (token)
    follow();
}

// ---- what stands there

const badge = element('span', { class: 'badge', hidden: true });
const launcher = element('button', { class: 'launcher', type: 'button', 'aria-haspopup': 'dialog', 'aria-expanded': 'false', onclick: open }, [
  element('span', { 'aria-hidden': 'true', class: 'bubble' }), element('span', {}, ['Chat']), badge,
]);
const log = element('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': 'Messages', tabindex: '0' }, [line('them', settings.greeting)]);
const notice = element('p', { class: 'notice', role: 'alert' });
const text = element('textarea', { id: 'text', rows: '2', maxlength: '4000', placeholder: 'Write a message', disabled: preview, onkeydown: enter });
const send = element('button', { type: 'submit', disabled: preview }, ['Send']);
const composer = element('form', { class: 'composer', onsubmit: write }, [element('label', { for: 'text', class: 'unseen' }, ['Your message']), text, send]);
const extras = element('div', { class: 'extras' });
const panel = element('div', { class: 'panel', role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': 'title', hidden: true, onkeydown: keys }, [
  element('div', { class: 'head' }, [
    element('h2', { id: 'title' }, [settings.name]),
    element('button', { class: 'close', type: 'button', 'aria-label': 'Close the chat', onclick: close }, ['×']),
  ]),
  log, extras, notice, composer,
  element('p', { class: 'foot' }, [preview ? 'This is a preview: nothing is sent.' : link('Privacy', settings.privacy)]),
]);

function link(words, href) {
  return element('a', { href, target: '_blank', rel: 'noopener' }, [words]);
}

function line(from, words) {
  return element('p', { class: from }, [element('span', { class: 'unseen' }, [from === 'you' ? 'You: ' : `${settings.name}: `]), ...linked(words)]);
}

function show(node) {
  log.append(node);
  log.scrollTop = log.scrollHeight;
}

// ---- opening and closing

function open() {
  panel.hidden = false;
  launcher.hidden = true;
  launcher.setAttribute('aria-expanded', 'true');
  unread = 0;
  count();
  extra();
  log.scrollTop = log.scrollHeight;
  if (!preview)
    text.focus();
}

function close() {
  if (preview)
    return;
  panel.hidden = true;
  launcher.hidden = false;
  launcher.setAttribute('aria-expanded', 'false');
  launcher.focus();
}

function keys(event) {
  if (event.key === 'Escape')
    close();
  else if (event.key === 'Tab')
    trap(panel, event);
}

function count() {
  badge.hidden = unread === 0;
  badge.textContent = String(unread);
  if (unread > 0)
    badge.append(element('span', { class: 'unseen' }, [' new']));
}

// ---- writing and hearing

function enter(event) {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    write(event);
  }
}

async function write(event) {
  event.preventDefault();
  const words = text.value.trim();
  if (!words || preview)
    return;
  const node = line('you', words);
  node.classList.add('sending');
  const message = { id: id(), text: words, node };
  sending.push(message);
  text.value = '';
  show(node);
  notice.textContent = '';
  try {
    token ??= (await call(base, 'begin', null, {})).token;
    settle(message, (await call(base, 'messages', token, { id: message.id, text: words })).id);
    if (!stop)
      follow();
    extra();
  } catch (problem) {
    sending = sending.filter(m => m !== message);
    if (known.get(message.settled) === node)
      return;
    node.remove();
    text.value = text.value ? `${words}\n${text.value}` : words;
    if (problem.status === 404)
      over();
    else
      notice.textContent = problem.words;
  }
}

function settle(message, key) {
  const there = known.get(key);
  if (there && there !== message.node)
    message.node.remove();
  else
    known.set(key, message.node);
  message.settled = key;
  message.node.classList.remove('sending');
  sending = sending.filter(m => m !== message);
}

function follow() {
  stop = listen(base, token, hear, over, () => [...known.keys()].at(-1));
}

function hear(item) {
  if (known.has(item.id))
    return;
  // Our own words may come back before the answer that they were taken.
  const mine = item.from === 'you' && sending.find(m => m.text === item.text);
  if (mine) {
    settle(mine, item.id);
    return;
  }
  const node = line(item.from, item.text);
  known.set(item.id, node);
  show(node);
  if (item.from === 'them' && panel.hidden) {
    unread++;
    count();
  }
}

function over() {
  stop?.();
  stop = token = undefined;
  introduced = remembered = false;
  forget(base);
  notice.textContent = 'This chat has ended. What you write now begins a new one.';
  extra();
}

function id() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, '0')).join('');
}

// ---- who they are, and whether the device remembers

function extra() {
  const asked = extras.querySelector('form');
  if (!token || preview) {
    extras.replaceChildren();
    return;
  }
  // Somebody may be typing into it.
  extras.replaceChildren(...introduced ? [] : [asked ?? introduction()], memory());
}

function introduction() {
  const problem = element('p', { class: 'notice', role: 'alert' });
  const name = element('input', { id: 'name', autocomplete: 'name', maxlength: '200' });
  const email = element('input', { id: 'email', type: 'email', autocomplete: 'email', required: true, maxlength: '320' });
  const form = element('form', {
    class: 'who', 'aria-label': 'Where can we answer if you leave?', async onsubmit(event) {
      event.preventDefault();
      problem.textContent = '';
      try {
        await call(base, 'me', token, { name: name.value, email: email.value });
        introduced = true;
        if (remembered)
          remember(base, token, introduced);
        form.remove();
        show(element('p', { class: 'told' }, [`Thank you. If you leave, our answer goes to ${email.value}.`]));
        text.focus();
      } catch (refused) {
        if (refused.status === 404)
          over();
        else
          problem.textContent = refused.words;
      }
    },
  }, [
    element('p', {}, ['Where can we answer if you leave?']),
    element('label', { for: 'name' }, ['Name (optional)']), name,
    element('label', { for: 'email' }, ['E-mail']), email,
    problem,
    element('button', { type: 'submit' }, ['Save']),
    element('button', { type: 'button', class: 'quiet', onclick() { introduced = true; form.remove(); text.focus(); } }, ['Not now']),
  ]);
  return form;
}

function memory() {
  const act = element('button', {
    type: 'button', class: 'quiet', onclick() {
      remembered = !remembered && remember(base, token, introduced);
      if (!remembered)
        forget(base);
      extra();
      extras.querySelector('.memory button').focus();
    },
  }, [remembered ? 'Forget it' : 'Remember this chat on this device']);
  return element('p', { class: 'memory' }, [remembered ? 'This device remembers the chat. ' : 'Nothing is stored on your device: the chat ends with this page. ', act]);
}

if (settings && (settings.on || preview)) {
  if (document.body)
    start();
  else
    addEventListener('DOMContentLoaded', start);
}

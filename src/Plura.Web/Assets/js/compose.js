// The box in which an answer is written: what was begun is kept as it is typed, colleagues see that somebody is at it, a slash offers snippets and an @ colleagues.
import { Offers } from './offers.js';
import { signed } from './signed.js';

const pause = 800;
const stillTyping = 8000;
const beat = 15000;
const boxes = new WeakMap();
const plain = new WeakSet();
let current;

class Box {
  #saving = null;
  #stop;
  #timer;
  #beats;
  #typedAt = 0;
  #wasTyping = false;

  #tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('plura-presence') : null;

  constructor(text) {
    this.text = text;
    this.form = text.form;
    this.at = text.dataset.compose;
    this.kept = text.value;
    new Offers(text, this.at);
    text.addEventListener('input', () => this.#typed());
    text.addEventListener('keydown', event => this.#key(event));
    text.addEventListener('blur', () => !text.value.trim() && this.form.removeAttribute('data-note'));
    this.form.addEventListener('submit', event => this.#send(event));
  }

  begin() {
    this.#speak();
    // Another tab of the same person has left this thread: here somebody looks still.
    if (this.#tabs)
      this.#tabs.onmessage = event => event.data === this.at && setTimeout(() => this.here(), 500);
    this.#beats = setInterval(() => document.visibilityState === 'visible' && this.#speak(), beat);
  }

  // Gone from this thread, by whatever way: what was typed in the last moment goes along.
  end() {
    clearInterval(this.#beats);
    clearTimeout(this.#timer);
    if (this.#wasChanged())
      this.#beacon('draft', this.#draft());
    this.#beacon('presence', { left: true });
    if (this.#tabs) {
      this.#tabs.onmessage = null;
      this.#tabs.postMessage(this.at);
    }
  }

  here() {
    if (this === current && document.visibilityState === 'visible')
      this.#speak();
  }

  // What is written now is meant for colleagues: the box looks like a note, and Ctrl Enter keeps it as one.
  note() {
    this.form.toggleAttribute('data-note', true);
    this.text.focus();
  }

  #key(event) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing)
      return;
    event.preventDefault();
    this.form.requestSubmit(this.form.querySelector(this.form.hasAttribute('data-note') ? '[value="note"]' : '[value="reply"]'));
  }

  // Somebody wrote while this was being written; it stands in the thread now.
  came(newest) {
    const seen = this.form.querySelector('[data-seen-last]');
    if (!seen || !newest || seen.value === newest)
      return;
    seen.value = newest;
    const told = this.form.querySelector('.thread-stale[hidden]');
    if (told && this.text.value.trim()) {
      told.textContent = 'Something new stands above: read it before you send.';
      told.hidden = false;
    }
  }

  #typed() {
    this.#typedAt = Date.now();
    if (!this.#wasTyping)
      this.#speak();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keep(), pause);
  }

  #wasChanged() {
    return !this.sent && this.text.value !== this.kept;
  }

  async #keep() {
    if (!this.#wasChanged() || this.#saving)
      return;
    const words = this.text.value;
    this.#stop = new AbortController();
    this.#saving = this.#post('draft', this.#draft(), this.#stop.signal);
    if (await this.#saving)
      this.kept = words;
    this.#saving = null;
  }

  // A draft that comes in after its answer stands there no more: the server knows by the message that its writer had seen last.
  #send(event) {
    if (event.defaultPrevented)
      return;
    clearTimeout(this.#timer);
    this.#stop?.abort();
    this.sent = true;
    this.#typedAt = 0;
    this.#speak();
    setTimeout(() => { this.sent = false; }, 5000);
  }

  #speak() {
    this.#wasTyping = Date.now() - this.#typedAt < stillTyping;
    if (this.#wasTyping)
      setTimeout(() => this === current && this.#wasTyping && Date.now() - this.#typedAt >= stillTyping && this.#speak(), stillTyping + 100);
    this.#post('presence', { typing: this.#wasTyping });
  }

  #draft() {
    return { text: this.text.value, seen: this.form.querySelector('[data-seen-last]')?.value ?? '' };
  }

  // Without a line it is said again by the next letter or the next beat.
  async #post(what, values, signal) {
    try {
      return (await fetch(`${this.at}/${what}`, { method: 'POST', body: signed(values, this.form), redirect: 'manual', signal })).ok;
    } catch {
      return false;
    }
  }

  #beacon(what, values) {
    navigator.sendBeacon(`${this.at}/${what}`, signed(values, this.form));
  }
}

function look() {
  // A message to somebody who is not chosen yet is kept nowhere: snippets are all that is offered.
  const first = document.querySelector('textarea[data-offers]');
  if (first && !plain.has(first)) {
    plain.add(first);
    new Offers(first, first.dataset.offers);
  }

  const text = document.querySelector('textarea[data-compose]');
  if (current && current.text !== text) {
    current.end();
    current = null;
  }
  if (!text || current)
    return;
  current = boxes.get(text) ?? new Box(text);
  boxes.set(text, current);
  current.begin();
}

look();
globalThis.Blazor?.addEventListener('enhancedload', look);
addEventListener('pageshow', look);
document.addEventListener('visibilitychange', () => current?.here());
document.addEventListener('click', event => event.target.closest?.('[data-note-key]') && current?.note());
addEventListener('pagehide', () => { current?.end(); current = null; });
document.addEventListener('plura:live', () => current?.came(document.querySelector('[data-newest]')?.dataset.newest));

// What is chosen to go along stands beside the button.
document.addEventListener('change', event => {
  const field = event.target.closest?.('[data-files]');
  const told = field?.form?.querySelector('.thread-files');
  if (told)
    told.textContent = [...field.files].map(f => f.name).join(', ');
});

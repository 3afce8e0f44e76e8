import { Finder } from './js/finder.js';

// The command menu: what fits stays, contacts are asked of the server, and the keys never leave the field.
class Commands extends HTMLElement {
  #finder = new Finder();
  #gone = null;
  #acts = new Map();

  connectedCallback() {
    this.#gone = new AbortController();
    const signal = { signal: this.#gone.signal };
    this.addEventListener('click', event => this.#click(event), signal);
    this.addEventListener('input', () => this.#narrow(), signal);
    this.addEventListener('keydown', event => this.#key(event), signal);
    this.addEventListener('pointermove', event => {
      const option = event.target.closest?.('[role=option]');
      if (option)
        this.#choose(option);
    }, signal);
  }

  disconnectedCallback() {
    this.#gone?.abort();
    this.#finder.forget();
  }

  get dialog() { return this.querySelector('dialog'); }

  get field() { return this.querySelector('input'); }

  get options() { return [...this.querySelectorAll('.command-list [role=option]')].filter(o => !o.hidden && !o.parentElement.hidden); }

  toggle() {
    this.dialog.open ? this.dialog.close() : this.open();
  }

  open() {
    if (document.querySelector('dialog[open]'))
      return;
    this.field.value = '';
    this.#here();
    this.dialog.showModal();
    this.#narrow();
    this.field.focus();
  }

  #click(event) {
    const option = event.target.closest?.('[role=option]');
    if (!option)
      return;
    this.dialog.close();
    const act = this.#acts.get(option);
    if (act?.matches('input, select, textarea'))
      act.focus();
    else
      act?.click();
  }

  // What can be done on this page: the buttons of its head, and what is marked. A field is gone to, all else is pressed.
  #here() {
    this.#acts.clear();
    const place = this.querySelector('[data-here]');
    // What stands under "Do" as well is offered once.
    const known = new Set([...this.querySelectorAll('[data-do] [role=option]')].map(o => o.textContent.trim()));
    const words = act => act.dataset.command || act.textContent.trim();
    const acts = [...document.querySelectorAll('main .page-top-acts :is(a, button), main [data-command]')].filter(act => !act.closest('dialog') && !act.disabled && act.checkVisibility() && !known.has(words(act)));
    const lines = acts.map((act, number) => {
      const line = this.querySelector('template[data-act]').content.firstElementChild.cloneNode(true);
      line.id = `command-here-${number}`;
      line.querySelector('span').textContent = words(act);
      this.#acts.set(line, act);
      return line;
    });
    place.replaceChildren(heading('On this page'), ...lines);
  }

  // Every word typed must begin a word of the line, or be one of it in the singular.
  #narrow() {
    const words = this.field.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    for (const option of this.querySelectorAll('.command-list [role=group]:not([data-found]) [role=option]')) {
      const text = option.textContent.trim().toLowerCase().split(/[\s:]+/);
      option.hidden = !words.every(word => text.some(t => t.startsWith(word) || (word.length > 4 && word.endsWith('y') && t.startsWith(word.slice(0, -1) + 'ies'))));
    }
    for (const group of this.querySelectorAll('.command-list [role=group]:not([data-found])'))
      group.hidden = ![...group.querySelectorAll('[role=option]')].some(o => !o.hidden);
    this.#settle();
    this.#find();
  }

  #find() {
    this.#finder.forget();
    const text = this.field.value.trim();
    const place = this.querySelector('[data-found]');
    if (text.length < 2 || !this.dataset.find) {
      place.hidden = true;
      place.replaceChildren();
      this.#settle();
      return;
    }
    this.#finder.ask(this.dataset.find, text, found => {
      place.replaceChildren(heading('Found'), ...found.map((thing, number) => this.#line(thing, number)));
      place.hidden = found.length === 0;
      this.#settle();
    });
  }

  #line(thing, number) {
    const line = this.querySelector(`template[data-thing="${thing.icon ?? 'user'}"]`).content.firstElementChild.cloneNode(true);
    line.id = `command-found-${number}`;
    line.href = thing.href;
    line.querySelector('span').textContent = thing.text;
    line.querySelector('small').textContent = thing.note ?? '';
    return line;
  }

  #settle() {
    const options = this.options;
    this.querySelector('[data-none]').hidden = options.length > 0;
    this.#choose(options.find(o => o.getAttribute('aria-selected') === 'true') ?? options[0]);
  }

  #choose(option) {
    for (const other of this.querySelectorAll('.command-list [aria-selected=true]'))
      other.setAttribute('aria-selected', 'false');
    if (!option) {
      this.field.removeAttribute('aria-activedescendant');
      return;
    }
    option.setAttribute('aria-selected', 'true');
    this.field.setAttribute('aria-activedescendant', option.id);
  }

  #key(event) {
    const options = this.options;
    const at = options.findIndex(o => o.getAttribute('aria-selected') === 'true');
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: options.length - 1 }[event.key];
    if (to !== undefined && options.length > 0 && (event.key.startsWith('Arrow') || event.ctrlKey)) {
      event.preventDefault();
      const option = options[(to + options.length) % options.length];
      this.#choose(option);
      option.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && event.target === this.field) {
      event.preventDefault();
      options[at]?.click();
    }
  }
}

function heading(text) {
  const line = document.createElement('div');
  line.className = 'command-group';
  line.setAttribute('role', 'presentation');
  line.textContent = text;
  return line;
}

customElements.define('plura-commands', Commands);

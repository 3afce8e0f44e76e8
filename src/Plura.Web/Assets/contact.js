import { Finder } from './js/finder.js';

// A field in which a contact is chosen: the browser's own list offers those that a few letters find, and the chosen one's id goes with the form.
class ContactChoice extends HTMLElement {
  #known = new Map();
  #finder = new Finder();
  #gone = null;

  connectedCallback() {
    this.#gone = new AbortController();
    const signal = { signal: this.#gone.signal };
    if (this.chosen.value)
      this.#known.set(this.field.value, this.chosen.value);
    this.field.addEventListener('input', () => this.#typed(), signal);
  }

  disconnectedCallback() {
    this.#gone?.abort();
    this.#finder.forget();
  }

  get field() { return this.querySelector('input[list]'); }

  get chosen() { return this.querySelector('input[type=hidden]'); }

  #typed() {
    const text = this.field.value;
    this.chosen.value = this.#known.get(text) ?? '';
    this.#finder.forget();
    if (!this.chosen.value && text.trim().length >= 2)
      this.#finder.ask(this.dataset.find, text.trim(), found => this.#offer(found));
  }

  #offer(found) {
    const options = found.map(contact => {
      const option = document.createElement('option');
      option.value = contact.note ? `${contact.text} (${contact.note})` : contact.text;
      this.#known.set(option.value, contact.id);
      return option;
    });
    this.querySelector('datalist').replaceChildren(...options);
  }
}

customElements.define('plura-contact', ContactChoice);

// A field in which a contact is chosen: the browser's own list offers those that a few letters find, and the chosen one's id goes with the form.
class ContactChoice extends HTMLElement {
  #known = new Map();
  #wait = 0;
  #asked = 0;
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
    clearTimeout(this.#wait);
  }

  get field() { return this.querySelector('input[list]'); }

  get chosen() { return this.querySelector('input[type=hidden]'); }

  #typed() {
    const text = this.field.value;
    this.chosen.value = this.#known.get(text) ?? '';
    clearTimeout(this.#wait);
    if (!this.chosen.value && text.trim().length >= 2)
      this.#wait = setTimeout(() => this.#ask(text.trim()), 180);
  }

  async #ask(text) {
    const mine = ++this.#asked;
    const reply = await fetch(`${this.dataset.find}?q=${encodeURIComponent(text)}`, { headers: { Accept: 'application/json' } }).catch(() => null);
    // Somebody typed on, or the connection is gone: what is offered stays.
    if (mine !== this.#asked || !reply?.ok || reply.redirected)
      return;
    const found = await reply.json();
    if (mine !== this.#asked)
      return;
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

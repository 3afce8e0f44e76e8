// The builder counts while one chooses: the form as it stands is sent to be counted once the hand rests.
class ListBuilder extends HTMLElement {
  #wait = 0;
  #asked = 0;
  #gone = null;

  connectedCallback() {
    this.#gone = new AbortController();
    const signal = { signal: this.#gone.signal };
    this.addEventListener('input', () => this.#soon(), signal);
    this.addEventListener('change', () => this.#soon(), signal);
  }

  disconnectedCallback() {
    this.#gone?.abort();
    clearTimeout(this.#wait);
  }

  #soon() {
    this.#asked++;
    clearTimeout(this.#wait);
    this.#wait = setTimeout(() => this.#count(), 300);
  }

  async #count() {
    const mine = this.#asked;
    const form = this.querySelector('form.build');
    if (!form)
      return;
    const reply = await fetch(this.dataset.count, { method: 'POST', body: new FormData(form) }).catch(() => null);
    // What somebody chose on over, or what never came, changes nothing.
    if (mine !== this.#asked || !reply?.ok || reply.redirected)
      return;
    const answer = await reply.json();
    const place = this.querySelector('[data-list-count]');
    if (mine === this.#asked && place)
      place.textContent = answer.text;
  }
}

if (!customElements.get('plura-list'))
  customElements.define('plura-list', ListBuilder);

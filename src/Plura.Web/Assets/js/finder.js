// Asks the server for what is typed once the typing rests. An answer that somebody typed on over, or that never came, changes nothing.
export class Finder {
  #asked = 0;
  #wait = 0;

  ask(address, text, found) {
    this.forget();
    this.#wait = setTimeout(() => this.#fetch(`${address}${address.includes('?') ? '&' : '?'}q=${encodeURIComponent(text)}`, found), 180);
  }

  forget() {
    this.#asked++;
    clearTimeout(this.#wait);
  }

  async #fetch(address, found) {
    const mine = this.#asked;
    const reply = await fetch(address, { headers: { Accept: 'application/json' } }).catch(() => null);
    if (mine !== this.#asked || !reply?.ok || reply.redirected)
      return;
    const answer = await reply.json();
    if (mine === this.#asked)
      found(answer);
  }
}

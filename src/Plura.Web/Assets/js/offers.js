// What a box offers while somebody types: snippets behind a slash, colleagues behind an @. A listbox beside the box, as the ARIA practices have it.
const most = 8;

export class Offers {
  #text;
  #at;
  #list = null;
  #found = [];
  #chosen = 0;
  #start = 0;
  #snippets = null;
  #people;

  constructor(text, at) {
    this.#text = text;
    this.#at = at;
    this.#people = JSON.parse(text.dataset.people || '[]').map(name => ({ name, text: `@${name} ` }));
    text.setAttribute('aria-autocomplete', 'list');
    text.addEventListener('input', () => this.#look());
    text.addEventListener('keydown', event => this.#key(event));
    text.addEventListener('blur', () => this.#close());
  }

  async #look() {
    const before = this.#text.value.slice(0, this.#text.selectionStart);
    const begun = /(^|\s)([/@])([^\s/@][^/@\n]{0,40}|)$/.exec(before);
    if (!begun)
      return this.#close();
    const sought = begun[3].toLowerCase();
    this.#start = before.length - begun[3].length - 1;
    const all = begun[2] === '@' ? this.#people : await this.#kept();
    this.#found = all.filter(o => o.name.toLowerCase().includes(sought)).sort((a, b) => Number(b.name.toLowerCase().startsWith(sought)) - Number(a.name.toLowerCase().startsWith(sought))).slice(0, most);
    this.#found.length === 0 ? this.#close() : this.#show();
  }

  async #kept() {
    if (!this.#snippets) {
      const answer = await fetch(`${this.#at}/snippets`);
      this.#snippets = answer.ok ? (await answer.json()).filter(s => s.text) : [];
    }
    return this.#snippets;
  }

  #show() {
    this.#chosen = 0;
    if (!this.#list) {
      this.#list = document.createElement('ul');
      this.#list.className = 'offers';
      this.#list.id = 'offers';
      this.#list.setAttribute('role', 'listbox');
      this.#list.setAttribute('aria-label', 'Snippets and colleagues');
      this.#text.closest('.field').append(this.#list);
      this.#text.setAttribute('aria-controls', 'offers');
    }
    this.#list.replaceChildren(...this.#found.map((offer, at) => this.#line(offer, at)));
    this.#mark();
  }

  #line(offer, at) {
    const line = document.createElement('li');
    line.id = `offer-${at}`;
    line.setAttribute('role', 'option');
    const name = document.createElement('b');
    name.textContent = offer.name;
    line.append(name);
    if (offer.id) {
      const begins = document.createElement('span');
      begins.textContent = offer.does ? `${offer.text} (it also ${offer.does})` : offer.text;
      line.append(begins);
    }
    line.addEventListener('mousedown', event => {
      event.preventDefault();
      this.#take(at);
    });
    return line;
  }

  #mark() {
    [...this.#list.children].forEach((line, at) => line.setAttribute('aria-selected', String(at === this.#chosen)));
    this.#text.setAttribute('aria-activedescendant', `offer-${this.#chosen}`);
    this.#list.children[this.#chosen]?.scrollIntoView({ block: 'nearest' });
  }

  #key(event) {
    if (!this.#list || event.isComposing)
      return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      this.#chosen = (this.#chosen + (event.key === 'ArrowDown' ? 1 : this.#found.length - 1)) % this.#found.length;
      this.#mark();
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      this.#take(this.#chosen);
    } else if (event.key === 'Escape') {
      this.#close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #take(at) {
    const offer = this.#found[at];
    const end = this.#text.selectionStart;
    this.#text.setRangeText(offer.text, this.#start, end, 'end');
    this.#close();
    if (offer.id && (offer.does || offer.subject))
      this.#along(offer);
    this.#text.dispatchEvent(new Event('input', { bubbles: true }));
    this.#text.focus();
  }

  // What is done when it is sent stands below the box, and can be left out.
  #along(offer) {
    this.#text.form.querySelector('.thread-then')?.remove();
    const told = document.createElement('p');
    told.className = 'thread-then';
    const said = [];
    const hidden = (name, value) => Object.assign(document.createElement('input'), { type: 'hidden', name, value });
    const words = text => Object.assign(document.createElement('span'), { textContent: text });
    const own = this.#text.form.querySelector('input[name="Command.Subject"]:not([type="hidden"])');
    if (offer.does)
      said.push(hidden('Command.Snippet', offer.id), words(`Sending it also ${offer.does}.`));
    if (own)
      own.value ||= offer.subject ?? '';
    else if (offer.subject)
      said.push(hidden('Command.Subject', offer.subject), words(`An e-mail goes under “${offer.subject}”.`));
    if (said.length === 0)
      return;
    const leave = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-quiet btn-sm', textContent: 'Only the text' });
    leave.addEventListener('click', () => { told.remove(); this.#text.focus(); });
    told.append(...said, ' ', leave);
    this.#text.closest('.field').after(told);
  }

  #close() {
    this.#list?.remove();
    this.#list = null;
    this.#text.removeAttribute('aria-controls');
    this.#text.removeAttribute('aria-activedescendant');
  }
}

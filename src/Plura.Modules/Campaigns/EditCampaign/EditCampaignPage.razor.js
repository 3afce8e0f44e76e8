// The composer: preview while one writes, saving by itself, and the count of people. Without it the page is a plain form.
const wait = (milliseconds, work) => {
  let timer;
  return (...given) => { clearTimeout(timer); timer = setTimeout(() => work(...given), milliseconds); };
};

class Composer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form');
    if (!this.form)
      return;
    this.classList.add('has-script');
    this.dirty = false;
    this.saving = null;
    this.previewSoon = wait(350, () => this.preview());
    this.saveSoon = wait(2000, () => this.save());
    this.countSoon = wait(300, () => this.count());
    this.findSoon = wait(200, () => this.findReaders());
    this.addEventListener('input', event => this.changed(event));
    this.addEventListener('change', event => this.chosen(event));
    this.addEventListener('click', event => this.pressed(event));
    this.addEventListener('keydown', event => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
        event.preventDefault();
        this.save();
      }
    });
    this.form.addEventListener('submit', () => { this.dirty = false; });
    this.leaving = event => { if (this.dirty) event.preventDefault(); };
    addEventListener('beforeunload', this.leaving);
    this.preview();
  }

  disconnectedCallback() {
    removeEventListener('beforeunload', this.leaving);
  }

  part(name) { return this.querySelector(`[data-${name}]`); }

  field(name) { return this.form.elements.namedItem(name); }

  address(path) { return `${this.dataset.home}/${path}`; }

  changed(event) {
    if (event.target.matches('[data-reader]')) {
      this.findSoon();
      return;
    }
    this.dirty = true;
    this.say('Not saved yet');
    this.inbox();
    this.previewSoon();
    this.saveSoon();
  }

  chosen(event) {
    if (/^(audience|tags|smartList|exceptTags|exceptSmartList)$/.test(event.target.name)) {
      const kind = { tags: 'tags', smartList: 'search' }[event.target.name];
      if (kind)
        this.querySelector(`[name="audience"][value="${kind}"]`).checked = true;
      this.countSoon();
    }
  }

  pressed(event) {
    const look = event.target.closest('[data-look]');
    if (look) {
      this.querySelectorAll('[data-look]').forEach(b => b.setAttribute('aria-pressed', String(b === look)));
      this.part('frame').classList.toggle('is-phone', look.dataset.look === 'phone');
      const checks = look.dataset.look === 'check';
      this.part('check').hidden = !checks;
      this.part('frame').hidden = checks;
      if (checks) {
        this.check();
        return;
      }
      const as = look.dataset.look === 'text' ? 'text' : 'html';
      if (this.field('as').value !== as) {
        this.field('as').value = as;
        this.preview();
      }
      return;
    }
    const reader = event.target.closest('[data-reader-id]');
    if (reader) {
      this.field('contact').value = reader.dataset.readerId;
      this.part('reader').value = reader.dataset.readerId ? reader.dataset.readerName : '';
      this.part('readers').hidden = true;
      this.preview();
      return;
    }
    if (event.target.closest('[data-test]'))
      this.test();
  }

  body() {
    const data = new FormData(this.form);
    data.delete('_handler');
    return data;
  }

  inbox() {
    const from = this.field('FromName').value;
    this.part('inbox-from').textContent = from;
    this.part('inbox-mark').textContent = from.split(/\s+/).filter(Boolean).map(w => w[0]).filter((_, i, all) => i === 0 || i === all.length - 1).join('').toUpperCase() || '?';
    this.part('inbox-subject').textContent = this.field('Subject').value || 'Your subject';
    this.part('inbox-preview').textContent = this.field('Preview').value || 'Your preview text, or the first line of the letter';
  }

  // A form posted into a new frame: the letter stays on its own address with its own rules, and Back is not filled with previews.
  preview() {
    const holder = this.part('frame');
    const next = document.createElement('iframe');
    next.name = 'letter-' + Math.random().toString(36).slice(2);
    next.setAttribute('sandbox', 'allow-popups');
    next.title = 'The letter';
    next.className = 'is-coming';
    holder.append(next);
    const post = document.createElement('form');
    post.method = 'post';
    post.action = this.address('preview');
    post.target = next.name;
    post.hidden = true;
    for (const [name, value] of this.body()) {
      const input = document.createElement('input');
      input.type = 'hidden';
      input.name = name;
      input.value = value;
      post.append(input);
    }
    document.body.append(post);
    next.addEventListener('load', () => {
      if (this.newest && this.newest !== next)
        return next.remove();
      holder.querySelectorAll('iframe').forEach(f => { if (f !== next) f.remove(); });
      next.classList.remove('is-coming');
    });
    this.newest = next;
    post.submit();
    post.remove();
    this.subject();
  }

  // What servers will make of the letter: asked for, not with every letter that is typed.
  async check() {
    const place = this.part('check');
    place.textContent = 'Looking at the letter and at the DNS…';
    const answer = await fetch(this.address('check'), { method: 'POST', body: this.body() });
    if (answer.ok)
      place.innerHTML = await answer.text();
    else
      place.textContent = 'This could not be looked at just now. Try again in a moment.';
  }

  async subject() {
    const answer = await fetch(this.address('preview.json'), { method: 'POST', body: this.body() });
    if (!answer.ok)
      return;
    const { subject, problems } = await answer.json();
    this.proofread(problems);
    if (subject !== null) {
      this.part('preview-subject').textContent = subject;
      this.part('inbox-subject').textContent = subject || 'Your subject';
    }
  }

  proofread(problems) {
    for (const place of this.querySelectorAll('[data-problem]')) {
      place.replaceChildren(...(problems[place.dataset.problem] ?? []).map(sentence => {
        const line = document.createElement('p');
        line.className = 'error';
        const text = document.createElement('span');
        text.textContent = sentence;
        line.append(text);
        return line;
      }));
    }
  }

  async count() {
    const answer = await fetch(this.address('audience'), { method: 'POST', body: this.body() });
    const said = await answer.json();
    this.part('audience-count').textContent = answer.ok ? said.text : said.title;
  }

  async save() {
    if (!this.dirty || this.stopped)
      return;
    if (this.saving) {
      this.saveSoon();
      return;
    }
    this.dirty = false;
    this.say('Saving…');
    this.saving = fetch(this.dataset.id ? this.address(this.dataset.id + '/autosave') : this.address('autosave'), { method: 'POST', body: this.body() });
    try {
      const answer = await this.saving;
      const said = await answer.json();
      if (answer.ok) {
        this.field('version').value = said.version;
        if (said.id && !this.dataset.id) {
          this.dataset.id = said.id;
          history.replaceState(history.state, '', this.address(said.id + '/edit'));
        }
        if (!this.dirty)
          this.say('Saved at ' + new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
      } else {
        this.dirty = true;
        this.stopped = answer.status === 409;
        this.say(said.title ?? 'Not saved. Press “Save draft” to try again.');
      }
    } catch {
      this.dirty = true;
      this.say('Not saved: no connection. It is tried again when you go on writing.');
    } finally {
      this.saving = null;
    }
  }

  say(text) { this.part('saved').textContent = text; }

  async findReaders() {
    const list = this.part('readers');
    const text = this.part('reader').value.trim();
    if (!text) {
      this.field('contact').value = '';
      list.hidden = true;
      this.preview();
      return;
    }
    const found = await (await fetch(this.address('readers?q=' + encodeURIComponent(text)))).json();
    list.replaceChildren(...found.map(person => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'menu-item';
      button.dataset.readerId = person.id;
      button.dataset.readerName = person.name;
      button.textContent = person.email ? `${person.name} · ${person.email}` : person.name;
      return button;
    }));
    if (found.length === 0)
      list.textContent = 'Nobody of this name.';
    list.hidden = false;
  }

  async test() {
    const said = this.part('test-said');
    said.textContent = 'Sending…';
    const answer = await fetch(this.address('test'), { method: 'POST', body: this.body() });
    said.textContent = answer.ok ? 'On its way to your own inbox.' : (await answer.json()).title;
  }
}

customElements.define('plura-composer', Composer);

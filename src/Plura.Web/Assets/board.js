// <plura-board> around the stages: cards can be dragged from one to another. Without it each card's menu does the same.
import Sortable from 'sortablejs';
import { signed } from './js/signed.js';

class PluraBoard extends HTMLElement {
  connectedCallback() {
    this.lists = [];
    this.arrange();
    // The board renewed itself: its lists are new.
    this.addEventListener('plura:live', this);
    this.addEventListener('toggle', this, true);
    this.querySelector('[data-board-close]')?.addEventListener('click', () => this.hide('[data-board-refused]'));
  }

  disconnectedCallback() {
    this.removeEventListener('plura:live', this);
    this.removeEventListener('toggle', this, true);
    this.lists.forEach(list => list.destroy());
    this.lists = [];
  }

  handleEvent(event) {
    if (event.type !== 'toggle')
      this.arrange();
    else if (event.target.open)
      this.place(event.target.querySelector('.menu-list'));
  }

  // The menu of a card at the bottom would open below the window: it opens upwards where there is room.
  place(menu) {
    if (!menu)
      return;
    menu.classList.remove('at-top');
    if (menu.getBoundingClientRect().bottom > innerHeight)
      menu.classList.add('at-top');
    menu.scrollIntoView({ block: 'nearest' });
  }

  arrange() {
    this.lists.filter(list => !list.el?.isConnected).forEach(list => list.el && list.destroy());
    this.lists = [...this.querySelectorAll('.board-cards')].map(list => Sortable.get(list) ?? Sortable.create(list, {
      group: 'cards',
      sort: false,
      animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 120,
      filter: '[data-fixed], .menu',
      preventOnFilter: false,
      draggable: '.deal',
      ghostClass: 'deal-ghost',
      delay: 220,
      delayOnTouchOnly: true,
      emptyInsertThreshold: 24,
      onStart: event => { event.item.dataset.held = ''; this.classList.add('dragging'); },
      onEnd: event => this.dropped(event),
    }));
  }

  async dropped({ item, from, to, oldDraggableIndex }) {
    this.classList.remove('dragging');
    try {
      if (from !== to)
        await this.move(item, from, to, oldDraggableIndex);
    } finally {
      delete item.dataset.held;
      dispatchEvent(new Event('plura:released'));
    }
  }

  async move(card, from, to, place) {
    const back = () => from.insertBefore(card, from.querySelectorAll('.deal')[place] ?? null);
    let reply;
    let answer;
    try {
      reply = await fetch(card.dataset.card + '/move', {
        method: 'POST',
        headers: { Accept: 'application/json' },
        body: signed({ stage: to.dataset.stage, version: card.dataset.version }, this.querySelector('[data-board-undo]')),
      });
      answer = await reply.json();
    } catch {
      back();
      this.refuse('The card did not move: there is no connection. Try again in a moment.');
      return;
    }
    if (reply.ok) {
      card.dataset.version = answer.version;
      this.say(card.dataset.card, answer);
    } else if (answer.instead) {
      back();
      location.assign(answer.instead);
    } else {
      back();
      this.refuse(answer.title ?? 'The card did not move. Load the page again.');
    }
  }

  say(card, { said, step }) {
    this.hide('[data-board-refused]');
    const form = this.querySelector('[data-board-undo]');
    form.action = card + '/undo';
    form.elements.namedItem('step').value = step;
    form.querySelector('[data-board-said] p').textContent = said;
    form.hidden = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { form.hidden = true; }, 12000);
  }

  refuse(sentence) {
    this.hide('[data-board-undo]');
    const place = this.querySelector('[data-board-refused]');
    place.querySelector('p').textContent = sentence;
    place.hidden = false;
  }

  hide(selector) {
    this.querySelector(selector).hidden = true;
  }
}

customElements.define('plura-board', PluraBoard);
globalThis.Blazor?.addEventListener('enhancedload', () => document.querySelectorAll('plura-board').forEach(board => board.arrange()));

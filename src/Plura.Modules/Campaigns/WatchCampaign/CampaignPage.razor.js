// The numbers are live; when the campaign's state changes, the buttons around them must too.
class Campaign extends HTMLElement {
  connectedCallback() {
    this.addEventListener('plura:live', () => {
      const now = this.querySelector('[data-state]')?.dataset.state;
      if (now && now !== this.dataset.state) {
        this.dataset.state = now;
        location.reload();
      }
    });
  }
}

customElements.define('plura-campaign', Campaign);

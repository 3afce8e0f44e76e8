// Runs before the first paint: applies the theme the person chose on this browser.
(() => {
  const root = document.documentElement;
  const apply = () => {
    const theme = localStorage.getItem('theme');
    const wanted = theme === 'light' || theme === 'dark' ? theme : null;
    if (root.getAttribute('data-bs-theme') === wanted)
      return;
    if (wanted)
      root.setAttribute('data-bs-theme', wanted);
    else
      root.removeAttribute('data-bs-theme');
  };
  apply();
  // Enhanced navigation copies the server's attributes onto the page; this puts ours back in the same frame.
  new MutationObserver(apply).observe(root, { attributes: true, attributeFilter: ['data-bs-theme'] });
  window.pluraTheme = {
    get: () => localStorage.getItem('theme') ?? 'auto',
    set: theme => { localStorage.setItem('theme', theme); apply(); },
  };
})();

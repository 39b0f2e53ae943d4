// Runs before the first paint, so that no page flashes in the wrong theme. The system's choice stands until a person makes
// another; choosing what the system says anyway forgets that choice.
(() => {
  const key = 'dextsage-theme';
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => {
    try { return localStorage.getItem(key); } catch { return null; }
  };
  const isDark = () => chosen() === 'dark' || (chosen() !== 'light' && system.matches);
  const show = (dark) => { document.documentElement.dataset.theme = dark ? 'dark' : 'light'; };
  const toggle = () => {
    const dark = document.documentElement.dataset.theme !== 'dark';
    try {
      if (dark === system.matches) localStorage.removeItem(key);
      else localStorage.setItem(key, dark ? 'dark' : 'light');
    } catch { /* Without storage the choice lasts as long as the page. */ }
    show(dark);
  };

  system.addEventListener('change', () => show(isDark()));
  show(isDark());

  // Of two buttons one is shown: the focus goes on to the one that takes the other's place.
  document.addEventListener('click', ({ target }) => {
    if (!target.closest('[data-theme-toggle]')) return;
    toggle();
    [...document.querySelectorAll('[data-theme-toggle]')].find((button) => button.checkVisibility())?.focus();
  });

  window.dextSageAppearance = { timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone };
})();

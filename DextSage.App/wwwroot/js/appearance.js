// Runs before the first paint, so that no page flashes in the wrong theme. The system's choice stands until a person makes
// another; choosing what the system says anyway forgets that choice.
(() => {
  const key = 'dextsage-theme';
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => {
    try { return localStorage.getItem(key); } catch { return null; }
  };
  const isDark = () => chosen() === 'dark' || (chosen() !== 'light' && system.matches);
  const show = () => { document.documentElement.dataset.theme = isDark() ? 'dark' : 'light'; };

  system.addEventListener('change', show);
  show();

  window.dextSageAppearance = {
    read: () => ({ isDark: isDark(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
    toggle: () => {
      const dark = !isDark();
      try {
        if (dark === system.matches) localStorage.removeItem(key);
        else localStorage.setItem(key, dark ? 'dark' : 'light');
      } catch { /* Without storage the choice lasts as long as the page. */ }
      document.documentElement.dataset.theme = dark ? 'dark' : 'light';
      return dark;
    },
  };
})();

// The connection to the server has gone: show it, and come back without asking. A circuit that the server no longer knows is
// resumed, or else the page is loaded anew.
(() => {
  const tryEvery = 5000;
  const modal = document.getElementById('components-reconnect-modal');
  if (!modal) return;
  let timer = 0;

  modal.addEventListener('components-reconnect-state-changed', event => {
    switch (event.detail.state) {
      case 'show':
        if (!modal.open) modal.showModal();
        break;
      case 'hide':
        clearTimeout(timer);
        modal.close();
        break;
      case 'failed':
        tryLater();
        break;
      case 'rejected':
        location.reload();
        break;
    }
  });

  // Escape would hide that nothing on the page works.
  modal.addEventListener('cancel', event => event.preventDefault());
  document.getElementById('components-reconnect-button').addEventListener('click', tryNow);
  document.getElementById('components-resume-button').addEventListener('click', resume);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && modal.classList.contains('components-reconnect-failed')) tryNow();
  });

  function tryLater() {
    clearTimeout(timer);
    timer = setTimeout(tryNow, tryEvery);
  }

  async function tryNow() {
    clearTimeout(timer);
    try {
      if (!await Blazor.reconnect()) await resume();
    } catch {
      tryLater();
    }
  }

  async function resume() {
    try {
      if (await Blazor.resumeCircuit()) modal.close();
      else location.reload();
    } catch {
      tryLater();
    }
  }
})();

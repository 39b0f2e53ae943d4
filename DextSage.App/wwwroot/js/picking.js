// A button that chooses files opens the picker that it names here, in the browser: no press has to reach the server first, and none is lost while a page is being furnished.
document.addEventListener('click', e => {
  const asks = e.target instanceof Element ? e.target.closest('[data-picks]') : null;
  if (asks) document.getElementById(asks.dataset.picks)?.click();
});

// Draws the pages of a PDF small, each when it comes into sight: pdf.js does it, which evaluates no code.

const library = new URL('../lib/pdfjs/', import.meta.url).href;

export async function draw(strip, url) {
  const pdfjs = await import(library + 'pdf.min.mjs');
  pdfjs.GlobalWorkerOptions.workerSrc = library + 'pdf.worker.min.mjs';
  const task = pdfjs.getDocument({
    url, enableXfa: false, useWasm: false, wasmUrl: library + 'decoders/', cMapUrl: library + 'cmaps/', standardFontDataUrl: library + 'standard_fonts/',
  });
  const seen = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      // A page that cannot be drawn stays white: it can still be cut off.
      task.promise.then(pdf => drawPage(pdf, target)).catch(() => {});
    }
  }, { rootMargin: '400px' });
  for (const canvas of strip.querySelectorAll('canvas')) seen.observe(canvas);
  return { dispose: () => { seen.disconnect(); return task.destroy(); } };
}

async function drawPage(pdf, canvas) {
  const page = await pdf.getPage(Number(canvas.dataset.page));
  const whole = page.getViewport({ scale: 1 });
  const density = Math.min(window.devicePixelRatio || 1, 2);
  const viewport = page.getViewport({ scale: density * canvas.clientWidth / whole.width });
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  await page.render({ canvas, viewport }).promise;
}

// Shows one page of a document on a canvas: a PDF through pdf.js (which evaluates no code), a photo directly.
// The component owns the buttons; this owns the pixels.

const MIN_ZOOM = 0.25, MAX_ZOOM = 6, STEP = 1.25;
const library = new URL('../lib/pdfjs/', import.meta.url).href;

export async function open(host, component, url, contentType) {
  const viewer = new Viewer(host, component);
  try {
    viewer.source = contentType === 'application/pdf' ? await openPdf(url) : await openImage(url);
    await viewer.draw();
  } catch (error) {
    await viewer.source?.close();
    await viewer.tell('Failed', reasonFor(error));
  }
  return viewer;
}

class Viewer {
  constructor(host, component) {
    this.host = host;
    this.component = component;
    this.page = 1;
    this.rotation = 0;
    this.zoom = null; // null fits the page to the width it is given
    this.turn = 0;
    this.resized = new ResizeObserver(() => { if (this.zoom === null && this.host.clientWidth !== this.drawnFor) this.draw(); });
    this.resized.observe(host);
    this.released = event => this.pick(event);
    host.addEventListener('click', this.released);
  }

  // Whoever clicked on while a page was being drawn has taken the host, and with it those who would be told.
  async tell(what, ...about) {
    if (this.gone || !this.host.isConnected) return;
    try {
      await this.component.invokeMethodAsync(what, ...about);
    } catch (error) {
      if (!this.gone && this.host.isConnected) throw error;
    }
  }

  // What is selected, or else the word that was clicked.
  async pick(event) {
    const selection = document.getSelection();
    const selected = selection && this.host.contains(selection.anchorNode) ? selection.toString() : '';
    const words = selected.trim() || wordAt(event.clientX, event.clientY, this.host);
    if (words) await this.tell('Picked', words.replace(/\s+/g, ' ').trim());
  }

  /** Shows where a value stands: a page and a box in fractions of it; null shows none. */
  async mark(place) {
    this.place = place;
    if (place && place.page !== this.page && this.source && place.page <= this.source.pages) await this.goTo(place.page);
    else this.drawMark();
  }

  drawMark() {
    this.host.querySelector('.sheet-mark')?.remove();
    const sheet = this.host.querySelector('.sheet');
    if (!sheet || !this.place || this.place.page !== this.page) return;
    const box = turned(this.place, this.rotation);
    const mark = document.createElement('div');
    mark.className = 'sheet-mark';
    mark.style.left = `calc(${box.left * 100}% - 4px)`;
    mark.style.top = `calc(${box.top * 100}% - 4px)`;
    mark.style.width = `calc(${box.width * 100}% + 8px)`;
    mark.style.height = `calc(${box.height * 100}% + 8px)`;
    sheet.append(mark);
    const above = mark.offsetTop < this.host.scrollTop, below = mark.offsetTop + mark.offsetHeight > this.host.scrollTop + this.host.clientHeight;
    if (above || below) this.host.scrollTop = Math.max(0, mark.offsetTop - this.host.clientHeight / 3);
  }

  zoomIn() { return this.scaleTo((this.scale ?? 1) * STEP); }
  zoomOut() { return this.scaleTo((this.scale ?? 1) / STEP); }
  fit() { this.zoom = null; return this.draw(); }
  rotate(degrees) { this.rotation = (this.rotation + degrees + 360) % 360; return this.draw(); }

  goTo(page) {
    this.page = Math.min(Math.max(1, page), this.source?.pages ?? 1);
    this.host.scrollTop = 0;
    return this.draw();
  }

  async fullScreen(element) {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await element.requestFullscreen();
  }

  scaleTo(zoom) {
    this.zoom = Math.min(Math.max(MIN_ZOOM, zoom), MAX_ZOOM);
    return this.draw();
  }

  // A later draw overtakes an earlier one: only the last one touches the screen.
  async draw() {
    if (!this.source || this.gone) return;
    const turn = ++this.turn;
    let scale, sheet;
    try {
      const size = await this.source.size(this.page, this.rotation);
      this.drawnFor = this.host.clientWidth;
      scale = this.zoom ?? Math.max(MIN_ZOOM, (this.drawnFor - 2) / size.width);
      sheet = await this.source.sheet(this.page, this.rotation, scale);
    } catch (error) {
      // A document that was closed while it was being drawn is nobody's trouble any more.
      if (turn !== this.turn || this.gone) return;
      throw error;
    }
    if (turn !== this.turn || this.gone) return;
    this.scale = scale;
    this.host.replaceChildren(sheet);
    this.drawMark();
    await this.tell('Shown', this.page, this.source.pages, Math.round(scale * 100));
  }

  async dispose() {
    this.gone = true;
    this.resized.disconnect();
    this.host.removeEventListener('click', this.released);
    this.host.replaceChildren();
    await this.source?.close();
  }
}

// A box on a page that is shown turned, clockwise.
function turned({ left, top, width, height }, rotation) {
  switch (rotation) {
    case 90: return { left: 1 - top - height, top: left, width: height, height: width };
    case 180: return { left: 1 - left - width, top: 1 - top - height, width, height };
    case 270: return { left: top, top: 1 - left - width, width: height, height: width };
    default: return { left, top, width, height };
  }
}

function wordAt(x, y, host) {
  const at = document.caretPositionFromPoint?.(x, y) ?? asPosition(document.caretRangeFromPoint?.(x, y));
  if (at?.offsetNode?.nodeType !== Node.TEXT_NODE || !host.contains(at.offsetNode)) return '';
  const text = at.offsetNode.data;
  const before = text.slice(0, at.offset).match(/\S*$/)[0], after = text.slice(at.offset).match(/^\S*/)[0];
  return (before + after).replace(/^[(["'‘“]+|[)\]"'’”,;:]+$/g, '');
}

function asPosition(range) {
  return range && { offsetNode: range.startContainer, offset: range.startOffset };
}

async function openPdf(url) {
  const pdfjs = await import(library + 'pdf.min.mjs');
  pdfjs.GlobalWorkerOptions.workerSrc = library + 'pdf.worker.min.mjs';
  const task = pdfjs.getDocument({
    url,
    enableXfa: false,
    useWasm: false,
    wasmUrl: library + 'decoders/',
    cMapUrl: library + 'cmaps/',
    standardFontDataUrl: library + 'standard_fonts/',
  });
  const pdf = await task.promise;
  const viewportOf = async (number, rotation, scale) => {
    const page = await pdf.getPage(number);
    return { page, viewport: page.getViewport({ scale, rotation: (page.rotate + rotation) % 360 }) };
  };
  return {
    pages: pdf.numPages,
    size: async (number, rotation) => (await viewportOf(number, rotation, 1)).viewport,
    sheet: async (number, rotation, scale) => {
      const { page, viewport } = await viewportOf(number, rotation, scale);
      const { sheet, canvas, density } = newSheet(viewport.width, viewport.height);
      await page.render({ canvas, viewport, transform: density === 1 ? undefined : [density, 0, 0, density, 0, 0] }).promise;
      const text = document.createElement('div');
      text.className = 'sheet-text';
      sheet.style.setProperty('--total-scale-factor', viewport.scale * viewport.userUnit);
      sheet.append(text);
      await new pdfjs.TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport }).render();
      return sheet;
    },
    close: () => task.destroy(),
  };
}

async function openImage(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  const size = (_, rotation) => rotation % 180 === 0
    ? { width: image.naturalWidth, height: image.naturalHeight }
    : { width: image.naturalHeight, height: image.naturalWidth };
  return {
    pages: 1,
    size,
    sheet: (_, rotation, scale) => {
      const { width, height } = size(1, rotation);
      const { sheet, canvas, density } = newSheet(width * scale, height * scale);
      const brush = canvas.getContext('2d');
      brush.translate(canvas.width / 2, canvas.height / 2);
      brush.rotate(rotation * Math.PI / 180);
      brush.scale(scale * density, scale * density);
      brush.drawImage(image, -image.naturalWidth / 2, -image.naturalHeight / 2);
      return sheet;
    },
    close: () => { image.src = ''; },
  };
}

// Sharp on dense screens, but never more pixels than browsers hold in one canvas.
function newSheet(width, height) {
  const density = Math.min(window.devicePixelRatio || 1, Math.sqrt(16e6 / (width * height)));
  const sheet = document.createElement('div');
  sheet.className = 'sheet';
  sheet.style.width = `${Math.floor(width)}px`;
  sheet.style.height = `${Math.floor(height)}px`;
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.floor(width * density));
  canvas.height = Math.max(1, Math.floor(height * density));
  canvas.setAttribute('aria-hidden', 'true');
  sheet.append(canvas);
  return { sheet, canvas, density };
}

function reasonFor(error) {
  switch (error?.name) {
    case 'PasswordException': return 'Locked';
    case 'InvalidPDFException':
    case 'EncodingError': return 'Damaged';
    case 'ResponseException': return error.status === 404 || error.status === 403 ? 'Missing' : 'Unreachable';
    default: console.error(error); return 'Unreachable';
  }
}

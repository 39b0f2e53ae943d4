// Keys that do something on the page. Single keys count outside of fields alone and can be turned off; what the browser uses itself is never taken.

const store = 'dextsage-single-keys';
const soon = 1500; // ms between the two keys of a pair

export function isOn() {
  try { return localStorage.getItem(store) !== 'off'; } catch { return true; }
}

export function turn(on) {
  try { on ? localStorage.removeItem(store) : localStorage.setItem(store, 'off'); } catch { /* Without storage they stay on. */ }
}

export function listen(component, shortcuts) {
  return new Keys(component, shortcuts);
}

class Keys {
  constructor(component, shortcuts) {
    this.component = component;
    this.shortcuts = new Map(shortcuts.map(one => [one.keys, one]));
    this.first = null;
    this.heard = event => this.hear(event);
    document.addEventListener('keydown', this.heard);
  }

  async hear(event) {
    if (event.defaultPrevented || event.isComposing || event.repeat || event.altKey || event.metaKey) return;
    const typing = isField(event.target);
    if (event.ctrlKey) {
      const shortcut = this.shortcuts.get(`Ctrl+${event.key}`);
      if (!shortcut || document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      // What is being typed is saved first.
      if (typing) { event.target.blur(); await new Promise(done => setTimeout(done, 150)); }
      return this.tell(shortcut);
    }
    if (event.key === 'Escape') {
      if (typing && event.target.getAttribute('aria-expanded') !== 'true' && !document.querySelector('[role="dialog"]')) event.target.blur();
      return;
    }
    if (typing || event.target.closest?.('[role="dialog"], [role="menu"], [role="listbox"]') || !isOn()) return;
    const pair = this.first && event.timeStamp - this.first.at < soon ? this.shortcuts.get(`${this.first.key} ${event.key}`) : null;
    this.first = null;
    const shortcut = pair ?? this.shortcuts.get(event.key);
    if (shortcut && shortcut.action !== 'OpenRow') {
      event.preventDefault();
      return this.tell(shortcut);
    }
    if ([...this.shortcuts.keys()].some(keys => keys.startsWith(`${event.key} `))) this.first = { key: event.key, at: event.timeStamp };
  }

  async tell(shortcut) {
    if (shortcut.focus) return focus(shortcut.focus);
    if (shortcut.click) return click(shortcut.click);
    if (!this.gone) await this.component.invokeMethodAsync('Pressed', shortcut.action);
  }

  dispose() {
    this.gone = true;
    document.removeEventListener('keydown', this.heard);
  }
}

// "next:…" and "previous:…" go through what matches, from where the cursor is.
function focus(what) {
  const [, way, selector] = what.match(/^(?:(next|previous):)?(.*)$/);
  const all = [...document.querySelectorAll(selector)];
  if (!way) return all[0]?.focus();
  const here = all.findIndex(one => one === document.activeElement || one.closest('tr')?.contains(document.activeElement));
  const to = here < 0 ? (way === 'next' ? 0 : all.length - 1) : here + (way === 'next' ? 1 : -1);
  all[to]?.focus();
  all[to]?.scrollIntoView({ block: 'nearest' });
}

function click(what) {
  const inRow = what.startsWith('row ');
  (inRow ? document.activeElement?.closest('tr')?.querySelector(what.slice(4)) : document.querySelector(what))?.click();
}

function isField(element) {
  return element instanceof HTMLElement && (element.isContentEditable || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement
    || (element instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(element.type)));
}

// Enter in a field of a line goes to the same field of the next line, Shift+Enter to the one before; leaving a field saves it.
export function walk(list) {
  list.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const field = event.target;
    // An open list takes the Enter for its own choice.
    if (field.tagName !== 'INPUT' || field.closest('[aria-expanded="true"]') || field.getAttribute('aria-expanded') === 'true') return;
    const [, number, name] = field.id.match(/^line-(\d+)-(\w+)$/) ?? [];
    const other = number && document.getElementById(`line-${Number(number) + (event.shiftKey ? -1 : 1)}-${name}`);
    if (!other) return;
    event.preventDefault();
    other.focus();
    other.select();
  });
}

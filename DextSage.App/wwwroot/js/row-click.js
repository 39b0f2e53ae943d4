// One listener for all the rows of an inbox: which row, and which of its cells, was clicked on something that does something.
Blazor.registerCustomEventType('rowclick', {
  browserEventName: 'click',
  createEventArgs: ({ target, shiftKey }) => {
    const cell = target.closest('button, input')?.closest('td, th');
    return { code: cell?.closest('tr').dataset.code, cell: cell?.classList[0], shift: shiftKey };
  },
});

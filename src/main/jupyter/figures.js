// An extension of JupyterLab: figures fit their cells. configure.py installs it.
//
// JupyterLab's renderer of Plotly figures draws one layout at every width, and shows a figure of a saved notebook as a picture of the
// width that it had once, cut off in a smaller window. Here a figure in a narrow cell gets the layout that the library has made for
// it (layout.meta.narrow), and the picture becomes a figure again.
(() => {
  const NARROW = 540;  // the other layout needs a little less than Look.CELL
  const figures = document.getElementsByClassName('jp-RenderedPlotly');
  const layouts = new WeakMap(), woken = new WeakSet();

  // The renderer keeps Plotly to itself, in the class of its widgets.
  function find(widgets) {
    for (const widget of widgets) {
      const found = widget.constructor.Plotly ?? find(widget.children());
      if (found) return found;
    }
    return null;
  }

  function fit(figure, app) {
    if (!figure.clientWidth) return;  // in a notebook that is hidden
    if (!figure.querySelector('.plot-container')) {
      const picture = figure.querySelector('img[src]');
      if (picture && !woken.has(figure)) {
        woken.add(figure);
        picture.dispatchEvent(new MouseEvent('mouseenter'));  // the renderer draws the figure when the mouse comes
      }
      return;
    }
    if (!layouts.has(figure)) {
      const narrow = figure.layout?.meta?.narrow;
      if (!narrow) return;
      // Resizing deletes a layout's height: both are kept as they were.
      layouts.set(figure, {wide: {...figure.layout, height: figure._fullLayout.height}, narrow: {...narrow}, shown: 'wide'});
    }
    const own = layouts.get(figure), want = figure.clientWidth < NARROW ? 'narrow' : 'wide';
    if (own.shown === want) return;
    own.shown = want;
    find(app.shell.widgets('main'))?.react(figure, figure.data, {...own[want]}, figure._context);
  }

  function activate(app) {
    const seen = new WeakSet(), sizes = new ResizeObserver(changed => changed.forEach(one => fit(one.target, app)));
    new MutationObserver(() => {
      for (const figure of figures) {
        if (!seen.has(figure)) {
          seen.add(figure);
          sizes.observe(figure);
        }
      }
    }).observe(document.body, {childList: true, subtree: true});
    // A light card in either theme. A drawing in SVG becomes an image, which JupyterLab lets stick out of a narrow cell.
    const style = document.createElement('style');
    style.textContent = '.jp-RenderedPlotly .svg-container { border-radius: 8px; overflow: hidden; }'
        + '.jp-RenderedSVG img { max-width: 100%; height: auto; }';
    document.head.append(style);
  }

  const plugin = {id: 'unrolled-figures:fit', autoStart: true, activate};
  (window._JUPYTERLAB ??= {})['unrolled-figures'] = {init() {}, get: async () => () => plugin};
})();

// Draws a figure when it comes into view, in place of its picture. plotly.js and the data are loaded with the first one.
'use strict';
const NARROW = 480; // below it a figure has a layout of its own, with shorter lines of text
const arriving = {}, loading = {};

function load(source) {
  return loading[source] ??= new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = source;
    script.onload = done;
    script.onerror = () => failed(new Error(`${source} is missing`));
    document.head.append(script);
  });
}
function figuresArrived(lesson, figures) { // called by figures/NN.js
  arriving[lesson] = figures;
}
function layout(figure, width) {
  const narrow = figure.layout.meta?.narrow;
  return {...(width < NARROW && narrow ? narrow : figure.layout), width, autosize: false};
}
async function draw(place) {
  if (place.live) return;
  place.live = document.createElement('div');
  place.live.className = 'live';
  await Promise.all([load('assets/plotly.min.js'), load(`figures/${place.dataset.lesson}.js`)]);
  const figure = JSON.parse(arriving[place.dataset.lesson][place.dataset.figure]);
  place.append(place.live);
  place.drawn = place.clientWidth;
  await Plotly.newPlot(place.live, {data: figure.data, layout: layout(figure, place.drawn), frames: figure.frames,
    config: {displayModeBar: false, scrollZoom: false}});
  place.figure = figure;
  place.querySelector('img').style.display = 'none'; // print shows it again
}
// Another width: another layout, and for a film the frame that it shows goes back to the first.
async function fit(place) {
  const width = place.clientWidth;
  if (!place.figure || !width || width === place.drawn) return;
  const other = (width < NARROW) !== (place.drawn < NARROW);
  place.drawn = width;
  if (other) await Plotly.react(place.live, {data: place.figure.data, layout: layout(place.figure, width), frames: place.figure.frames});
  else await Plotly.relayout(place.live, {width});
}
const near = new IntersectionObserver(entries => entries.forEach(({isIntersecting, target}) => {
  target.near = isIntersecting;
  if (isIntersecting) draw(target).then(() => fit(target)).catch(problem => console.error(`A figure is not drawn: ${problem.message}`));
}), {rootMargin: '600px 0px'});
const sizes = new ResizeObserver(entries => entries.forEach(({target}) => { if (target.near) fit(target); }));
document.querySelectorAll('.plot').forEach(place => { near.observe(place); sizes.observe(place); });

// Draws a figure when it comes into view, in place of its picture. plotly.js and the data are loaded with the first one.
'use strict';
const NARROW = 540; // below it a figure has a layout of its own, with shorter lines of text
const touched = matchMedia('(pointer: coarse)').matches; // there a finger on a figure scrolls the page, and does not zoom
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
  return {...(width < NARROW && narrow ? narrow : figure.layout), width, autosize: false, ...(touched && {dragmode: false})};
}
function draw(place) {
  return place.drawing ??= drawn(place);
}
async function drawn(place) {
  await Promise.all([load('assets/plotly.min.js'), load(`figures/${place.dataset.lesson}.js`)]);
  const picture = place.querySelector('img'), live = document.createElement('div');
  live.className = 'live';
  live.setAttribute('role', 'group');
  live.setAttribute('aria-label', picture.alt);
  place.append(live);
  place.figure = JSON.parse(arriving[place.dataset.lesson][place.dataset.figure]);
  place.width = place.clientWidth;
  await Plotly.newPlot(live, {...place.figure, layout: layout(place.figure, place.width), config: {displayModeBar: false}});
  place.live = live;
  picture.style.display = 'none'; // print shows it again
}
// Another width: another layout, and for a film the frame that it shows goes back to the first.
async function fit(place) {
  const width = place.clientWidth, before = place.width;
  if (!place.live || !width || width === before) return;
  place.width = width;
  if ((width < NARROW) !== (before < NARROW)) await Plotly.react(place.live, {...place.figure, layout: layout(place.figure, width)});
  else await Plotly.relayout(place.live, {width});
}
const near = new IntersectionObserver(entries => entries.forEach(({isIntersecting, target}) => {
  target.near = isIntersecting;
  if (isIntersecting) draw(target).then(() => fit(target)).catch(problem => console.error(`A figure is not drawn: ${problem.message}`));
}), {rootMargin: '600px 0px'});
const sizes = new ResizeObserver(entries => entries.forEach(({target}) => { if (target.near) fit(target); }));
document.querySelectorAll('.plot').forEach(place => { near.observe(place); sizes.observe(place); });

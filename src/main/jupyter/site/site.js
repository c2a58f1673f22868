// The theme, the menu on narrow screens, the search, and what a prediction hides.
'use strict';
const root = document.documentElement;

document.getElementById('theme').onclick = () => {
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  try { localStorage.theme = root.dataset.theme; } catch { /* a browser that remembers nothing */ }
};

const menu = document.getElementById('menu');
function toggleMenu(open) {
  root.classList.toggle('menu', open);
  menu.setAttribute('aria-expanded', open);
}
menu.onclick = () => toggleMenu(!root.classList.contains('menu'));
document.getElementById('lessons').addEventListener('click', event => { if (event.target.closest('a')) toggleMenu(false); });
document.querySelector('#lessons .here')?.scrollIntoView({block: 'nearest'});

// Results are folded until the reader has guessed; on paper nothing can be unfolded, so there they are open.
const results = [...document.querySelectorAll('details')];
const unfold = document.getElementById('unfold');
if (unfold) {
  unfold.hidden = false;
  unfold.onclick = () => {
    const folded = results.filter(each => each.matches('.result'));
    const open = !folded.every(each => each.open);
    folded.forEach(each => { each.open = open; });
    unfold.textContent = open ? 'Fold all results' : 'Unfold all results';
  };
}
let closed = [];
addEventListener('beforeprint', () => { closed = results.filter(each => !each.open); closed.forEach(each => { each.open = true; }); });
addEventListener('afterprint', () => { closed.forEach(each => { each.open = false; }); });
// A link into something folded opens it.
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  target?.closest('details:not([open])')?.setAttribute('open', '');
}
addEventListener('hashchange', openTarget);
openTarget();

// The search. Its words arrive as a script, since a page from disk may fetch nothing.
const field = document.getElementById('search'), found = document.getElementById('found');
const MOST = 30, AROUND = 70;
let words = null;
const simple = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function wordsArrived(sections) { // called by words.js
  words = sections.map(([page, lesson, anchor, heading, text]) => ({page, lesson, anchor, heading, text, low: simple(text), head: simple(heading || lesson)}));
  search();
}
function loadWords() {
  if (words) return;
  words = [];
  const script = document.createElement('script');
  script.src = 'assets/words.js';
  document.head.append(script);
}
function count(text, word) { // how often a word of the text begins with this
  let n = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1])) n++;
  return n;
}
function matches(query) {
  const scored = [];
  for (const section of words) {
    let score = 0;
    for (const word of query) {
      const inText = count(section.low, word), inHead = count(section.head, word);
      if (!inText && !inHead) { score = 0; break; }
      score += Math.min(inText, 5) + 10 * inHead;
    }
    if (score) scored.push([score, section]);
  }
  return scored.sort((a, b) => b[0] - a[0]).map(([, section]) => section);
}
function marked(text, query) { // the text as nodes, with the words that were looked for
  const nodes = [], low = simple(text);
  let from = 0;
  if (low.length !== text.length) return [text]; // places differ: no marks rather than wrong ones
  while (from < text.length) {
    const next = query.map(word => [low.indexOf(word, from), word]).filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0])[0];
    if (!next) break;
    const mark = document.createElement('mark');
    mark.textContent = text.slice(next[0], next[0] + next[1].length);
    nodes.push(text.slice(from, next[0]), mark);
    from = next[0] + next[1].length;
  }
  return [...nodes, text.slice(from)];
}
function entry(section, query) {
  const link = document.createElement('a'), title = document.createElement('b'), text = document.createElement('span');
  link.href = `${section.page}#${encodeURIComponent(section.anchor)}`;
  title.textContent = section.lesson + (section.heading && `: ${section.heading}`);
  const at = Math.max(0, ...query.map(word => section.low.indexOf(word)));
  const begin = Math.max(0, at - AROUND);
  text.append(begin ? '… ' : '', ...marked(section.text.slice(begin, at + 2 * AROUND), query), ' …');
  link.append(title, text);
  return link;
}
function search() {
  const query = simple(field.value).split(/[^\p{L}\p{N}_.]+/u).filter(Boolean);
  if (!query.length || !words?.length) { found.hidden = true; return; }
  const all = matches(query), note = document.createElement('p');
  note.textContent = all.length ? `${all.length} ${all.length === 1 ? 'section' : 'sections'}` : 'No lesson has these words.';
  found.replaceChildren(note, ...all.slice(0, MOST).map(section => entry(section, query)));
  found.hidden = false;
}
field.onfocus = loadWords;
field.oninput = () => { loadWords(); search(); };
found.onclick = () => { found.hidden = true; };
document.addEventListener('click', event => { if (!event.target.closest('.search')) found.hidden = true; });
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') { found.hidden = true; toggleMenu(false); }
  if (event.key === '/' && !event.target.closest('input')) { event.preventDefault(); field.focus(); }
  if (event.target.closest('.search') && ['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) {
    const links = [...found.querySelectorAll('a')], here = links.indexOf(document.activeElement);
    if (event.key === 'Enter') { if (here < 0) links[0]?.click(); return; }
    event.preventDefault();
    (links[here + (event.key === 'ArrowDown' ? 1 : -1)] ?? field).focus();
  }
});

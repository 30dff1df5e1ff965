// The banner that asks, and the ways to it. What it answers, the CMP tells every script that listens.
const banner = document.querySelector('#banner');
const cmp = window.demoCmp;
let opener = null;

export function start() {
  banner.addEventListener('click', (click) => {
    const given = click.target.closest('button')?.dataset.answer;
    if (given) {
      cmp.answer(given);
      opener?.focus();
      opener = null;
    }
  });
  document.addEventListener('click', (click) => {
    const asked = click.target.closest('[data-privacy]');
    if (asked) {
      opener = asked;
      cmp.ask();
      banner.querySelector('button').focus();
    }
  });
  cmp.onChange(draw);
  draw();
}

function draw() {
  const { applies, asks, choice } = cmp.state();
  banner.hidden = !asks;
  banner.querySelector('#banner-now').textContent = choice === null ? '' : ` You have ${choice}ed so far.`;
  for (const way of document.querySelectorAll('[data-privacy]')) {
    way.hidden = !applies;
  }
}

// A shop small enough to read. Its addresses are pages to the visitor and to the events; the document stays the same.
import * as cart from './cart.js';
import * as checkout from './checkout.js';
import * as consent from './consent.js';
import * as events from './events.js';
import * as pages from './pages.js';
import * as panel from './panel.js';

const shop = document.querySelector('#shop');

const views = {
  '': () => pages.list(),
  search: () => pages.search(new URLSearchParams(location.search).get('q') ?? ''),
  products: (id) => pages.detail(id),
  cart: () => checkout.view(),
  checkout: () => checkout.checkout(go),
  thanks: () => checkout.thanks(),
};

function go(address) {
  history.pushState(null, '', address);
  show();
  scrollTo(0, 0);
  shop.focus({ preventScroll: true });
}

function show() {
  const [view, id] = location.pathname.slice(1).split('/');
  events.page(view || 'home');
  const [title, ...content] = (views[view] ?? pages.missing)(id);
  document.title = `${title} · Slow Mornings`;
  shop.replaceChildren(...content);
  document.querySelector('#search').elements.q.value = view === 'search' ? new URLSearchParams(location.search).get('q') : '';
}

document.addEventListener('click', (click) => {
  const link = click.target.closest('a[href^="/"]');
  if (link && !click.ctrlKey && !click.metaKey && !click.shiftKey && !click.altKey) {
    click.preventDefault();
    go(link.getAttribute('href'));
  }
});
document.querySelector('#search').addEventListener('submit', (submit) => {
  submit.preventDefault();
  const query = submit.target.elements.q.value.trim();
  if (query) {
    go(`/search?q=${encodeURIComponent(query)}`);
  }
});
document.querySelector('#sign-in').addEventListener('click', (click) => {
  events.identify('demo-user-1', { plan: 'member', member_since: '2024-03-02', newsletter: true });
  click.target.textContent = 'Signed in';
});
addEventListener('popstate', show);

consent.start();
panel.start();
cart.showCount();
show();

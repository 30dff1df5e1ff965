// A shop small enough to read: a list, a product, a cart, a checkout. Each step sends the event that Segment's e-commerce
// spec names for it.
import { asProperties, money, product, products } from './catalogue.js';
import * as panel from './panel.js';
import * as tracker from './tracker.js';

const shop = document.querySelector('#shop');
const cart = new Map();
let orderNumber = 0;

const views = { '': showList, p: showProduct, cart: showCart, checkout: showCheckout, done: showDone, search: showSearch };

panel.start();
panel.showIdentity(await tracker.connect().catch(() => ({ failure: 'this server could not be reached' })));
document.querySelector('#search').addEventListener('submit', search);
document.querySelector('#sign-in').addEventListener('click', signIn);
addEventListener('hashchange', route);
tracker.page('Slow Mornings');
route();

function route() {
  const [view, ...rest] = decodeURIComponent(location.hash.replace(/^#\/?/, '')).split('/');
  (views[view] ?? showList)(rest.join('/'));
  shop.focus({ preventScroll: true });
}

function showList() {
  tracker.track('Product List Viewed', { list_id: 'all', category: 'Everything', products: products.length });
  shelf('For slow mornings', 'Six things for a good cup. Every click is an event; watch what becomes of it.', products);
}

function showSearch(query) {
  tracker.track('Products Searched', { query });
  const found = products.filter((one) => `${one.name} ${one.category}`.toLowerCase().includes(query.toLowerCase()));
  shelf(`“${query}”`, found.length ? `${found.length} found.` : 'Nothing found. Try mug, kettle or beans.', found);
}

function shelf(title, lead, shown) {
  const tiles = shown.map((one, index) => {
    const text = element('div', {}, element('strong', {}, one.name), element('span', {}, money(one.price)));
    const tile = element('a', { class: 'tile', href: `#/p/${one.id}` }, art(one), text);
    tile.addEventListener('click', () => tracker.track('Product Clicked', { ...asProperties(one), position: index + 1 }));
    return tile;
  });
  show(heading(title), element('p', { class: 'lead' }, lead), element('div', { class: 'shelf' }, ...tiles));
}

function showProduct(id) {
  const one = product(id);
  if (!one) {
    return showList();
  }
  tracker.track('Product Viewed', { ...asProperties(one), currency: 'USD' });
  const add = button('Add to cart', () => {
    cart.set(one.id, (cart.get(one.id) ?? 0) + 1);
    tracker.track('Product Added', { ...asProperties(one), cart_id: 'demo-cart' });
    countCart();
    add.textContent = 'Added. One more?';
  });
  const text = element('div', {}, element('span', { class: 'soft' }, one.category), heading(one.name),
    element('p', {}, one.text), element('p', { class: 'price' }, money(one.price)), add);
  show(element('div', { class: 'product' }, art(one), text));
}

function showCart() {
  tracker.track('Cart Viewed', { cart_id: 'demo-cart', products: lines().map(({ one, quantity }) => asProperties(one, quantity)) });
  drawCart();
}

function drawCart() {
  if (cart.size === 0) {
    return show(heading('Your cart is empty'), element('a', { class: 'button', href: '#/' }, 'To the shop'));
  }
  const items = lines().map(({ one, quantity }) => element('li', {}, element('span', {}, `${quantity} × ${one.name}`),
    element('span', {}, money(one.price * quantity)), button('Remove', () => remove(one), 'quiet')));
  show(heading('Your cart'), element('ul', { class: 'lines' }, ...items),
    element('p', { class: 'total' }, `Total ${money(total())}`), element('a', { class: 'button', href: '#/checkout' }, 'Check out'));
}

function remove(one) {
  tracker.track('Product Removed', { ...asProperties(one, cart.get(one.id)), cart_id: 'demo-cart' });
  cart.delete(one.id);
  countCart();
  drawCart();
}

function showCheckout() {
  if (cart.size === 0) {
    return drawCart();
  }
  tracker.track('Checkout Started', { value: total(), currency: 'USD', items: cart.size });
  const form = element('form', { class: 'checkout' },
    element('label', {}, 'Name on the card', element('input', { value: 'Demo Visitor', autocomplete: 'off', required: '' })),
    element('label', {}, 'Card number', element('input', { value: '0000 0000 0000 0000', autocomplete: 'off', inputmode: 'numeric', required: '' })),
    element('p', { class: 'soft' }, 'Nothing you type here is sent anywhere.'),
    element('p', { class: 'total' }, `Total ${money(total())}`),
    element('button', {}, 'Place the order'));
  form.addEventListener('submit', placeOrder);
  show(heading('Checkout'), form);
}

function placeOrder(submit) {
  submit.preventDefault();
  orderNumber += 1;
  const order_id = `demo-${Date.now().toString(36)}-${orderNumber}`;
  tracker.track('Payment Info Entered', { order_id, step: 2, payment_method: 'card' });
  tracker.track('Order Completed', {
    order_id, total: total(), revenue: total(), currency: 'USD',
    products: lines().map(({ one, quantity }) => asProperties(one, quantity)),
  });
  cart.clear();
  countCart();
  location.hash = '#/done';
}

function showDone() {
  show(heading('Thank you'), element('p', { class: 'lead' }, 'Nothing was charged and nothing will arrive, but the events are real.'),
    element('a', { class: 'button', href: '#/' }, 'Once more'));
}

function search(submit) {
  submit.preventDefault();
  const query = submit.target.elements.query.value.trim();
  if (query) {
    location.hash = `#/search/${encodeURIComponent(query)}`;
  }
}

function signIn(click) {
  tracker.identify('demo-user-1', { plan: 'member', member_since: '2024-03-02', newsletter: true });
  click.target.textContent = 'Signed in';
}

function lines() {
  return [...cart].map(([id, quantity]) => ({ one: product(id), quantity }));
}

function total() {
  return lines().reduce((sum, { one, quantity }) => sum + one.price * quantity, 0);
}

function countCart() {
  document.querySelector('#cart-count').textContent = String([...cart.values()].reduce((sum, quantity) => sum + quantity, 0));
}

function show(...children) {
  shop.replaceChildren(...children);
}

function heading(text) {
  return element('h1', {}, text);
}

function button(text, click, look = '') {
  const made = element('button', { type: 'button', class: look }, text);
  made.addEventListener('click', click);
  return made;
}

function art(one) {
  const space = 'http://www.w3.org/2000/svg';
  const picture = document.createElementNS(space, 'svg');
  picture.setAttribute('class', 'art');
  picture.setAttribute('viewBox', '0 0 120 90');
  picture.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(space, 'use');
  use.setAttribute('href', `#art-${one.art}`);
  picture.append(use);
  return picture;
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

// From the cart to the order.
import * as cart from './cart.js';
import { asProperties, money } from './catalogue.js';
import { art, button, element } from './dom.js';
import { track } from './events.js';

const asProducts = () => cart.lines().map(({ one, quantity }) => asProperties(one, quantity));

let orders = 0;
let last = null;

export function view() {
  track('Cart Viewed', { cart_id: cart.ID, products: asProducts() });
  const place = element('div', {});
  draw(place);
  return ['Cart', place];
}

function draw(place) {
  if (cart.count() === 0) {
    place.replaceChildren(...nothing());
    return;
  }
  const items = cart.lines().map((line) => item(line, place));
  place.replaceChildren(element('h1', {}, 'Your cart'), element('ul', { class: 'lines' }, ...items), sum(),
    element('a', { class: 'button', href: '/checkout' }, 'Check out'));
}

function nothing() {
  return [element('h1', {}, 'Your cart is empty'), element('p', { class: 'lead' }, 'A mug would be a start.'),
    element('a', { class: 'button', href: '/' }, 'To the shop')];
}

function item({ one, quantity }, place) {
  const change = (by, event, changed) => {
    cart.change(one, by);
    track(event, { ...asProperties(one, changed), cart_id: cart.ID });
    draw(place);
    // The buttons are new ones: without this the keyboard would start at the top of the page.
    (place.querySelector(`[data-id="${one.id}"] button`) ?? place.querySelector('.button')).focus();
  };
  const amount = element('span', { class: 'amount' }, labelled('−', `One ${one.name} less`, () => change(-1, 'Product Removed', 1)),
    element('b', {}, String(quantity)), labelled('+', `One ${one.name} more`, () => change(1, 'Product Added', 1)));
  return element('li', { 'data-id': one.id }, art(one.art),
    element('span', { class: 'what' }, element('a', { href: `/products/${one.id}` }, one.name), amount),
    element('span', { class: 'cost' }, money(one.price * quantity),
      labelled('Remove', `Remove ${one.name}`, () => change(-quantity, 'Product Removed', quantity), 'link')));
}

function labelled(text, label, click, look = 'step') {
  const made = button(text, click, look);
  made.setAttribute('aria-label', label);
  return made;
}

function sum(amount = cart.total()) {
  return element('p', { class: 'total' }, element('span', {}, 'Total'), element('span', {}, money(amount)));
}

export function checkout(go) {
  if (cart.count() === 0) {
    return ['Checkout', ...nothing()];
  }
  track('Checkout Started', { value: cart.total(), revenue: cart.total(), currency: 'USD', products: asProducts() });
  const form = element('form', { class: 'checkout' },
    element('fieldset', {}, element('legend', {}, 'Delivery'), field('Name', 'Ada Visitor'), field('Address', '1 Slow Lane, Springfield')),
    element('fieldset', {}, element('legend', {}, 'Payment'), field('Card number', '0000 0000 0000 0000', 'numeric'), field('Valid until', '12/30')),
    element('p', { class: 'soft' }, 'Nothing you type here is sent anywhere.'), sum(), element('button', {}, 'Place the order'));
  form.addEventListener('submit', (submit) => {
    submit.preventDefault();
    order();
    go('/thanks');
  });
  return ['Checkout', element('h1', {}, 'Checkout'), form];
}

function field(label, value, mode = 'text') {
  return element('label', {}, label, element('input', { value, autocomplete: 'off', inputmode: mode, required: true }));
}

function order() {
  orders += 1;
  const order_id = `demo-${Date.now().toString(36)}-${orders}`;
  track('Payment Info Entered', { order_id, step: 2, payment_method: 'card' });
  track('Order Completed', { order_id, total: cart.total(), revenue: cart.total(), currency: 'USD', products: asProducts() });
  last = { order_id, lines: cart.lines(), total: cart.total() };
  cart.empty();
}

export function thanks() {
  return ['Thank you', element('h1', {}, 'Thank you'),
    element('p', { class: 'lead' }, 'Nothing was charged and nothing will arrive, but the events are real: Order Completed is on its way.'),
    ...receipt(), element('a', { class: 'button', href: '/' }, 'Once more')];
}

// After a reload there is none: the order is in the events alone.
function receipt() {
  if (!last) {
    return [];
  }
  const bought = last.lines.map(({ one, quantity }) => element('li', {}, element('span', {}, `${quantity} × ${one.name}`), element('span', {}, money(one.price * quantity))));
  return [element('div', { class: 'receipt' }, element('p', { class: 'soft' }, `Order ${last.order_id}`), element('ul', {}, ...bought), sum(last.total))];
}

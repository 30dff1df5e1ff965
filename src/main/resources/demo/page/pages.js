// The pages one looks around on. Each sends the event that Segment's e-commerce spec names for it.
import * as cart from './cart.js';
import { asProperties, found, money, product, products } from './catalogue.js';
import { art, button, element } from './dom.js';
import { track } from './events.js';

export function list() {
  track('Product List Viewed', { list_id: 'all', category: 'Everything', products: products.map((one) => asProperties(one)) });
  return shelf('For slow mornings', 'Six things for a good cup. Every click is an event: watch what becomes of it.', products);
}

export function search(query) {
  track('Products Searched', { query });
  const matching = found(query);
  const lead = matching.length ? `${matching.length} of ${products.length} products.` : 'Nothing found. Try mug, kettle or beans.';
  return shelf(`“${query}”`, lead, matching);
}

function shelf(title, lead, shown) {
  const tiles = shown.map((one, index) => {
    const words = element('span', { class: 'words' },
      element('strong', {}, one.name), element('span', { class: 'soft' }, one.category), element('span', { class: 'price' }, money(one.price)));
    const tile = element('a', { class: 'tile', href: `/products/${one.id}` }, art(one.art), words);
    tile.addEventListener('click', () => track('Product Clicked', { ...asProperties(one), position: index + 1, list_id: 'all' }));
    return element('li', {}, tile);
  });
  return [title, element('h1', {}, title), element('p', { class: 'lead' }, lead), element('ul', { class: 'shelf' }, ...tiles)];
}

export function detail(id) {
  const one = product(id);
  if (!one) {
    return missing();
  }
  track('Product Viewed', { ...asProperties(one), currency: 'USD' });
  const said = element('p', { class: 'soft', role: 'status' });
  const add = button('Add to cart', () => {
    cart.change(one, 1);
    track('Product Added', { ...asProperties(one), cart_id: cart.ID });
    said.replaceChildren('It is in your cart. ', element('a', { href: '/cart' }, 'See the cart'));
  });
  const words = element('div', {}, element('p', { class: 'kind' }, `${one.category} · ${one.variant}`), element('h1', {}, one.name),
    element('p', {}, one.text), element('p', { class: 'price' }, money(one.price)), add, said);
  return [one.name, element('p', { class: 'crumb' }, element('a', { href: '/' }, '‹ Everything')),
    element('div', { class: 'product' }, art(one.art), words)];
}

export function missing() {
  return ['Not found', element('h1', {}, 'There is no such page'), element('p', { class: 'lead' }, 'It may have been sold.'),
    element('a', { class: 'button', href: '/' }, 'To the shop')];
}

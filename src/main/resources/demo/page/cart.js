// The cart: what is in it outlives a reload, but not the tab.
import { product } from './catalogue.js';

const KEY = 'demo_cart';
const cart = new Map(kept());

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]').filter(([id, quantity]) => product(id) && quantity > 0);
  } catch {
    return [];
  }
}

export const ID = 'demo-cart';

export function change(one, by) {
  const quantity = (cart.get(one.id) ?? 0) + by;
  if (quantity > 0) {
    cart.set(one.id, quantity);
  } else {
    cart.delete(one.id);
  }
  save();
}

export function empty() {
  cart.clear();
  save();
}

export const lines = () => [...cart].map(([id, quantity]) => ({ one: product(id), quantity }));

export const count = () => lines().reduce((sum, line) => sum + line.quantity, 0);

export const total = () => Math.round(lines().reduce((sum, line) => sum + line.one.price * line.quantity, 0) * 100) / 100;

function save() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...cart]));
  } catch {
    // Without storage the cart lasts until a reload.
  }
  showCount();
}

export function showCount() {
  document.querySelector('#cart-count').textContent = String(count());
}

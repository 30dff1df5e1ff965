// What the shop sells. Prices are in US dollars.
export const products = [
  { id: 'kt-104', name: 'Gooseneck kettle', category: 'Kettles', price: 64, art: 'kettle', text: 'Pours where you look. One litre, steel, for every stove.' },
  { id: 'mg-021', name: 'Speckled mug', category: 'Mugs', price: 18.5, art: 'mug', text: 'Thrown by hand, so no two hold quite the same.' },
  { id: 'dr-007', name: 'Porcelain dripper', category: 'Brewers', price: 29, art: 'dripper', text: 'Ribs inside, patience outside.' },
  { id: 'gr-310', name: 'Hand grinder', category: 'Grinders', price: 119, art: 'grinder', text: 'Forty turns to the cup, and a reason to wake up early.' },
  { id: 'sc-055', name: 'Pocket scale', category: 'Tools', price: 42, art: 'scale', text: 'A tenth of a gram, and a timer that starts by itself.' },
  { id: 'bn-200', name: 'Morning beans', category: 'Coffee', price: 16, art: 'beans', text: 'Washed, light, from one farm. Roasted on Tuesdays.' },
];

export const product = (id) => products.find((one) => one.id === id);

export const money = (amount) => `$${amount.toFixed(2)}`;

// A product as Segment's e-commerce spec writes it.
export const asProperties = (one, quantity = 1) => ({
  product_id: one.id,
  name: one.name,
  category: one.category,
  price: one.price,
  quantity,
});

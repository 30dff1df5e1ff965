// What the shop sells. Prices are in US dollars.
export const products = [
  { id: 'kt-104', name: 'Gooseneck kettle', category: 'Kettles', variant: 'graphite', price: 64, art: 'kettle', text: 'Pours where you look. One litre of brushed steel, for every stove, with a handle that stays cool.' },
  { id: 'dr-007', name: 'Porcelain dripper', category: 'Brewers', variant: 'white', price: 29, art: 'dripper', text: 'Ribs inside, patience outside. Fits any mug in the house, and any filter of size two.' },
  { id: 'gr-310', name: 'Hand grinder', category: 'Grinders', variant: 'walnut', price: 119, art: 'grinder', text: 'Forty turns to the cup, thirty clicks from espresso to French press, and a reason to wake up early.' },
  { id: 'mg-021', name: 'Speckled mug', category: 'Mugs', variant: 'oat', price: 18.5, art: 'mug', text: 'Thrown by hand, so no two hold quite the same. Dishwasher and microwave are fine; the floor is not.' },
  { id: 'sc-055', name: 'Pocket scale', category: 'Tools', variant: 'black', price: 42, art: 'scale', text: 'A tenth of a gram, and a timer that starts by itself when the first drop falls.' },
  { id: 'bn-200', name: 'Morning beans', category: 'Coffee', variant: '250 g', price: 16, art: 'beans', text: 'Washed, light, from one farm. Roasted on Tuesdays, at their best a week later.' },
];

const words = (one) => `${one.name} ${one.category} ${one.text}`.toLowerCase();

export const product = (id) => products.find((one) => one.id === id);

// Those that hold every word of the query.
export const found = (query) => {
  const asked = query.toLowerCase().split(/\s+/).filter(Boolean);
  return products.filter((one) => asked.every((word) => words(one).includes(word)));
};

export const money = (amount) => `$${amount.toFixed(2)}`;

// A product as Segment's e-commerce spec writes it.
export const asProperties = (one, quantity = 1) => ({
  product_id: one.id,
  sku: one.id.toUpperCase(),
  name: one.name,
  category: one.category,
  brand: 'Slow Mornings',
  variant: one.variant,
  price: one.price,
  quantity,
});

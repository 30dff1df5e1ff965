// Elements, made without a template: the page's policy allows no inline script or style, and text is always text.
const SVG = 'http://www.w3.org/2000/svg';

export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false && value != null) {
      made.setAttribute(key, value === true ? '' : value);
    }
  }
  made.append(...children);
  return made;
}

export function button(text, click, look = '') {
  const made = element('button', { type: 'button', class: look }, text);
  made.addEventListener('click', click);
  return made;
}

// One of the document's pictures. It says nothing that the text beside it doesn't.
export function art(name) {
  const picture = document.createElementNS(SVG, 'svg');
  picture.setAttribute('class', `art on-${name}`);
  picture.setAttribute('viewBox', '-16 -10 192 144');
  picture.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#art-${name}`);
  use.setAttribute('width', '160');
  use.setAttribute('height', '120');
  picture.append(use);
  return picture;
}

// Before the first paint, so that a dark page never flashes white. Not a module: modules run after the paint.
(() => {
  const chosen = localStorage.getItem('waybill.theme')
  const dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()

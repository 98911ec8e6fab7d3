// Text and pictures of a region belong together: choosing one brings the other into view.
const chosen = slot => {
  document.querySelectorAll('[data-slot]').forEach(e => e.classList.toggle('chosen', e.dataset.slot === slot));
};
document.querySelectorAll('article[data-slot]').forEach(article => {
  const show = () => {
    chosen(article.dataset.slot);
    document.getElementById('pictures-' + article.dataset.slot)?.scrollIntoView({behavior: 'smooth', block: 'start'});
  };
  article.addEventListener('click', show);
  article.addEventListener('keydown', event => { if (event.key === 'Enter') { show(); } });
});
document.querySelectorAll('figure[data-slot]').forEach(figure => figure.addEventListener('click', () => {
  chosen(figure.dataset.slot);
  document.getElementById('text-' + figure.dataset.slot)?.scrollIntoView({behavior: 'smooth', block: 'nearest'});
}));

// What every page can do: another theme, a copied command, definitions that Escape closes, tables that the keyboard can scroll.

const themes = ['system', 'light', 'dark'];

function showTheme(theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  const button = document.querySelector('#theme');
  if (button === null) return;
  button.textContent = `Theme: ${theme}`;
  button.hidden = false;
}

/** A page from a file may have no storage. */
function storedTheme() {
  try {
    const stored = localStorage.getItem('smartorders-theme');
    return themes.includes(stored) ? stored : 'system';
  } catch {
    return 'system';
  }
}

function storeTheme(theme) {
  try {
    localStorage.setItem('smartorders-theme', theme);
  } catch {}
}

let theme = storedTheme();
showTheme(theme);
document.querySelector('#theme')?.addEventListener('click', () => {
  theme = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  showTheme(theme);
  storeTheme(theme);
});

const copy = document.querySelector('#copy');
if (copy !== null) {
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    const command = document.querySelector('#command');
    const said = document.querySelector('#copied');
    try {
      await navigator.clipboard.writeText(command.textContent);
      said.textContent = 'copied';
    } catch {
      getSelection().selectAllChildren(command);
      said.textContent = 'selected: copy it with the keyboard';
    }
  });
}

document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return;
  for (const term of document.querySelectorAll('.term')) term.classList.add('closed');
});
for (const term of document.querySelectorAll('.term')) {
  for (const type of ['pointerleave', 'focusout']) term.addEventListener(type, () => term.classList.remove('closed'));
}

function markScrolling() {
  for (const box of document.querySelectorAll('.scroll')) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  }
}
markScrolling();
addEventListener('resize', markScrolling);
for (const details of document.querySelectorAll('details')) details.addEventListener('toggle', markScrolling);

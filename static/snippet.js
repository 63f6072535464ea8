// Copies the text beside a button. Without this, the text can be selected by hand.
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const text = document.getElementById(button.dataset.copy);
    text.select();
    try { await navigator.clipboard.writeText(text.value); } catch { document.execCommand('copy'); }
    button.textContent = button.dataset.copied;
  });
}

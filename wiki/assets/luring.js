// Opened from a folder or a stick there is no server that turns a folder's address into its page: links say so
// themselves, at the moment before they are followed, copied or opened in another tab.
if (location.protocol === "file:") {
  const lead = (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href]");
    if (!link) return;
    const url = new URL(link.href, location.href);
    if (url.protocol !== "file:" || !url.pathname.endsWith("/")) return;
    url.pathname += "index.html";
    link.href = url.href;
  };
  for (const name of ["pointerover", "focusin", "click", "auxclick", "contextmenu"]) {
    document.addEventListener(name, lead, { capture: true });
  }
}

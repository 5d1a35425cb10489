/* Shows what leads to the desk, where there is one: it is asked once a page, beside the folder that this wiki is in.
   From a folder or on another server nobody answers, and those links stay hidden. */

(() => {
  const site = new URL("..", document.currentScript.src);

  const show = (selector, address) => {
    for (const link of document.querySelectorAll(selector)) {
      link.href = address(link);
      link.hidden = false;
    }
  };

  const ask = async () => {
    if (!location.protocol.startsWith("http") || !document.querySelector(".pulih-tiket, .pulih-meja")) {
      return;
    }
    const desk = new URL("..", site);
    try {
      const answer = await fetch(new URL("siapa", desk), { cache: "no-store" });
      const said = answer.ok ? await answer.json() : {};
      if (typeof said.masuk !== "boolean") {
        return;
      }
      show(".pulih-meja", () => desk.href);
      if (said.masuk) {
        show(".pulih-tiket", (link) => new URL(`tiket/${encodeURIComponent(link.dataset.number)}`, desk).href);
      }
    } catch {
      /* no desk here */
    }
  };

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", ask);
  } else {
    ask();
  }
})();

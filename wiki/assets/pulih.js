/* Shows what leads to the desk, where there is one: it is asked once a page, beside the folder that this wiki is in.
   From a folder or on another server nobody answers, and those links stay hidden.
   And what is wider than its frame, as a table on a phone, can be reached by keyboard and so be scrolled. */

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

  const reach = () => {
    for (const frame of document.querySelectorAll(".md-typeset__scrollwrap, .pulih-alur")) {
      if (frame.scrollWidth > frame.clientWidth && !frame.hasAttribute("tabindex")) {
        frame.tabIndex = 0;
        frame.setAttribute("role", "region");
        frame.setAttribute("aria-label", "Dapat digeser ke samping");
      }
    }
  };

  window.addEventListener("load", reach); // the theme has put its frames around the tables by then
  window.addEventListener("resize", reach);

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", ask);
  } else {
    ask();
  }
})();

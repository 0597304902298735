// Names for those who hear the page: the theme leaves the search without one, and several places have the same.

const named = { ".md-search": "Search", ".md-tabs": "Sections" };

// What the theme makes later: the buttons of code, and tables that are wider than the page.
function mendLater() {
  document.querySelectorAll(".md-code__nav:not([aria-label])").forEach((each) => {
    each.setAttribute("aria-label", `Code ${each.closest("pre").id.replace("__code_", "")}`);
  });
  document.querySelectorAll(".md-typeset__scrollwrap:not([tabindex])").forEach((each) => {
    if (each.scrollWidth > each.clientWidth) each.tabIndex = 0;
  });
}

function nameOnce(navigations) {
  const seen = {};
  navigations.forEach((each) => {
    const label = document.getElementById(each.getAttribute("aria-labelledby"));
    const name = each.getAttribute("aria-label") ?? label.textContent.trim();
    seen[name] = (seen[name] ?? 0) + 1;
    each.removeAttribute("aria-labelledby");
    each.setAttribute("aria-label", seen[name] > 1 ? `${name} ${seen[name]}` : name);
  });
}

document$.subscribe(() => {
  for (const [place, name] of Object.entries(named)) document.querySelector(place)?.setAttribute("aria-label", name);
  nameOnce(document.querySelectorAll(".md-nav"));
  mendLater();
});
new MutationObserver(mendLater).observe(document.body, { childList: true, subtree: true });

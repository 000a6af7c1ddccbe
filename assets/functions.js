/* Functions that Dash components are given by name. */
window.dashMantineFunctions = Object.assign(window.dashMantineFunctions || {}, {
  /* The server has already chosen; nothing is filtered again in the browser. */
  everyOption: ({ options }) => options,
});

window.dashAgGridFunctions = Object.assign(window.dashAgGridFunctions || {}, {
  onemapTheme: (quartz) => {
    const css = getComputedStyle(document.getElementById("body"));
    const color = (name) => css.getPropertyValue(`--${name}`).trim();
    const k = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    return quartz.withParams({
      rowHeight: 32 * k, headerHeight: 34 * k, iconSize: 14 * k, cellHorizontalPadding: 12 * k,
      backgroundColor: color("panel"), foregroundColor: color("text"), borderColor: color("line"),
      headerBackgroundColor: color("ground"), headerTextColor: color("muted"),
      accentColor: color("accent"), fontFamily: "inherit", fontSize: 13 * k, spacing: 5 * k,
      wrapperBorder: false, wrapperBorderRadius: 0, rowHoverColor: color("raised"),
    });
  },
});

/* The calendar's words. */
window.dayjs_locale_zh = {
  name: "zh", weekStart: 1,
  weekdays: ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
  weekdaysShort: ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
  weekdaysMin: ["日", "一", "二", "三", "四", "五", "六"],
  months: Array.from({ length: 12 }, (_, i) => `${i + 1}月`),
  monthsShort: Array.from({ length: 12 }, (_, i) => `${i + 1}月`),
};

window.dash_clientside = Object.assign(window.dash_clientside || {}, {
  onemap: {
    /* A chosen suggestion is an address; so is what a moved widget asks for. */
    follow: (chosen, asked) => {
      const moved = window.dash_clientside.callback_context.triggered.some((t) => t.prop_id === "go.data");
      if (moved && asked) window.onemap.navigate(asked.search);
      if (moved || !chosen) return;
      window.onemap.navigate(chosen);
      window.dash_clientside.set_props("search", { value: null, searchValue: "" });
      if (document.activeElement) document.activeElement.blur();
    },
  },
});

/* Charts follow the root type, so that a wall is not a desk seen from afar. */
(function () {
  "use strict";
  const scaled = (layout) => {
    const wall = document.querySelector(".page--wall");
    const k = (parseFloat(getComputedStyle(document.documentElement).fontSize) / 16) * (wall ? 1.1 : 1);
    const margin = Object.fromEntries(Object.entries(layout.margin || {}).map(([side, px]) => [side, px * k]));
    return { ...layout, margin, font: { ...layout.font, size: 12 * k } };
  };
  for (const name of ["newPlot", "react"]) {
    const original = window.Plotly[name];
    window.Plotly[name] = (element, figure, layout, config) => (figure && figure.data
      ? original(element, { ...figure, layout: scaled(figure.layout || {}) }, layout, config)
      : original(element, figure, scaled(layout || {}), config));
  }
})();

/* The table asks for its rows anew when the view, or the data, is another one. */
(function () {
  "use strict";
  let asked = null;
  window.addEventListener("onemap-scene", (event) => {
    const shown = `${location.search} ${event.detail.version}`;
    const before = asked;
    asked = shown;
    if (before === null || before === shown) return;
    const grid = document.getElementById("table") && window.dash_ag_grid.getApi("table");
    if (grid) grid.purgeInfiniteCache();
  });
})();

/* Enter goes to the first suggestion when none has been picked with the arrows. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.id !== "search") return;
  if (document.querySelector("[data-combobox-option][data-combobox-selected]")) return;
  const first = document.querySelector("[data-combobox-option]");
  if (first) first.click();
}, true);

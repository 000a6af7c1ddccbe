/* MapLibre's own style specification, asked from Python: is a style valid, what does an expression
 * give. One question a line, one answer a line; the package's folder is the argument.
 *
 * In:  {styles: [style], told: [{type, group, name, value, zoom, density, properties, state}],
 *       kept: [{filter, zoom, properties, geometry, id}]}
 * Out: {faults: [[message]], told: [value], kept: [boolean], warnings: [message]}; colours are told
 *      as rgba(…), and a warning is what a reader's console would say.
 */
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const spec = await import(pathToFileURL(`${process.argv[2]}/dist/index.mjs`));
const TYPES = { Point: 1, LineString: 2, Polygon: 3 };
let warnings = [];
console.warn = (...words) => warnings.push(words.join(" "));

function told({ type, group, name, value, zoom, density, properties, state }) {
  const kind = spec.latest[`${group}_${type}`][name];
  const read = spec.normalizePropertyExpression(value, name, kind);
  const feature = { properties: properties || {}, type: 1 };
  const found = read.evaluate({ zoom, heatmapDensity: density }, feature, state || {});
  return found && found.toString && typeof found === "object" ? found.toString() : found;
}

function kept({ filter, zoom, properties, geometry, id }) {
  const feature = { type: TYPES[geometry || "Point"], properties: properties || {}, id };
  return spec.featureFilter(filter, "filter").filter({ zoom: zoom || 0 }, feature);
}

function answer(asked) {
  warnings = [];
  const styles = asked.styles || [];
  return {
    faults: styles.map((style) => spec.validateStyleMin(style).map((e) => e.message)),
    told: (asked.told || []).map(told),
    kept: (asked.kept || []).map(kept),
    warnings,
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  let found;
  try { found = answer(JSON.parse(line)); } catch (error) { found = { error: String(error.stack) }; }
  process.stdout.write(`${JSON.stringify(found)}\n`);
}

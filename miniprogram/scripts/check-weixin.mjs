/**
 * Compiles dist/mp-weixin with WeChat's own wcc and wcsc, and checks the size of every package.
 *
 * WeChat refuses packages over 2 MB and projects over 30 MB; ours stay below 1.5 MB each.
 */
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const { wxmlToJs, wxssToJs } = createRequire(import.meta.url)("miniprogram-compiler");
const output = fileURLToPath(new URL("../dist/mp-weixin", import.meta.url));
const LARGEST_KB = 1536;
const LARGEST_TOTAL_KB = 30 * 1024;
const maxBuffer = 64 * 1024 * 1024;

const problems = [];

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

function compiles(what, work) {
  try {
    const result = work();
    if (result instanceof Error) throw result;
    console.log(`${what}: compiled`);
  } catch (error) {
    problems.push(`${what}: ${error.message}`);
  }
}

function sizes() {
  const { subPackages = [] } = JSON.parse(readFileSync(join(output, "app.json"), "utf8"));
  const roots = subPackages.map((each) => each.root.replace(/\/$/, ""));
  const kilobytes = new Map([["main", 0], ...roots.map((root) => [root, 0])]);
  for (const path of filesUnder(output)) {
    const name = relative(output, path).split(sep).join("/");
    const home = roots.find((root) => name.startsWith(`${root}/`)) ?? "main";
    kilobytes.set(home, kilobytes.get(home) + statSync(path).size / 1024);
  }
  return kilobytes;
}

function pagesExist() {
  const { pages, subPackages = [] } = JSON.parse(readFileSync(join(output, "app.json"), "utf8"));
  const all = [...pages, ...subPackages.flatMap((each) => each.pages.map((page) => `${each.root}/${page}`))];
  const lost = all.filter((page) => !existsSync(join(output, `${page}.wxml`)));
  problems.push(...lost.map((page) => `${page}: page was not built`));
  console.log(`pages: ${all.length}`);
}

if (!existsSync(join(output, "app.json"))) {
  console.error("dist/mp-weixin is missing. Run `npm run build:weixin` first.");
  process.exit(1);
}
pagesExist();
compiles("wxml (wcc)", () => wxmlToJs(output, { maxBuffer }));
compiles("wxss (wcsc)", () => wxssToJs(output, { maxBuffer }));
let total = 0;
for (const [name, size] of sizes()) {
  total += size;
  console.log(`${name}: ${size.toFixed(0)} KB`);
  if (size > LARGEST_KB) problems.push(`${name}: ${size.toFixed(0)} KB is over ${LARGEST_KB} KB`);
}
console.log(`total: ${total.toFixed(0)} KB`);
if (total > LARGEST_TOTAL_KB) problems.push(`total: over ${LARGEST_TOTAL_KB} KB`);
for (const problem of problems) console.error(problem);
process.exit(problems.length ? 1 : 0);

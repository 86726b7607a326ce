// A page is a function of the state: `h` describes elements, `patch` makes the document like it.
// Texts only ever become text nodes, so nothing that a provider or a person wrote becomes markup.

const SVG = "http://www.w3.org/2000/svg";
const PROPERTIES = new Set(["value", "checked", "disabled", "selected", "open", "indeterminate"]);

/** Describes an element; children may be texts, numbers, lists, or null for nothing. */
export function h(tag, props, ...children) {
  const kids = [];
  flatten(children, kids);
  return { tag, props: props || {}, children: kids, key: props?.key };
}

function flatten(values, into) {
  for (const value of values) {
    if (Array.isArray(value)) flatten(value, into);
    else if (value !== null && value !== undefined && value !== false && value !== true) {
      into.push(typeof value === "object" ? value : String(value));
    }
  }
}

function create(node, ns) {
  if (typeof node === "string") return document.createTextNode(node);
  const space = node.tag === "svg" ? SVG : ns;
  const element = space
    ? document.createElementNS(space, node.tag)
    : document.createElement(node.tag);
  children(element, [], node.children, space);
  properties(element, {}, node.props);
  node.props.oncreate?.(element);
  return element;
}

function properties(element, before, now) {
  for (const name in before) {
    if (!(name in now)) set(element, name, null, before[name]);
  }
  for (const name in now) {
    const live = name === "value" || name === "checked";
    if (now[name] !== before[name] || (live && element[name] !== now[name])) {
      set(element, name, now[name], before[name]);
    }
  }
}

function set(element, name, value, before) {
  if (name === "key" || name === "oncreate") return;
  if (name === "style") {
    for (const key in before || {}) {
      if (!value || !(key in value)) element.style.removeProperty(key);
    }
    for (const key in value || {}) element.style.setProperty(key, value[key]);
  } else if (name.startsWith("on")) {
    element[name] = value;
  } else if (PROPERTIES.has(name)) {
    if (element[name] !== value) element[name] = value ?? (name === "value" ? "" : false);
  } else if (value === null || value === undefined || value === false) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, value === true ? "" : value);
  }
}

const nameOf = (node) => (typeof node === "string" ? "#" : node.tag + "|" + (node.key ?? ""));

function children(element, before, now, ns) {
  const spare = new Map();
  let child = element.firstChild;
  for (const node of before) {
    const next = child.nextSibling;
    const name = nameOf(node);
    if (!spare.has(name)) spare.set(name, []);
    spare.get(name).push({ node, child });
    child = next;
  }
  let place = element.firstChild;
  for (const node of now) {
    const found = spare.get(nameOf(node))?.shift();
    if (!found) {
      element.insertBefore(create(node, ns), place);
      continue;
    }
    update(found.child, found.node, node, ns);
    if (found.child === place) place = place.nextSibling;
    else element.insertBefore(found.child, place);
  }
  for (const left of spare.values()) {
    for (const { child: gone } of left) gone.remove();
  }
}

function update(element, before, now, ns) {
  if (typeof now === "string") {
    if (before !== now) element.data = now;
    return;
  }
  const space = now.tag === "svg" ? SVG : ns;
  children(element, before.children, now.children, space);
  properties(element, before.props, now.props);
}

const shown = new WeakMap();

/** Makes the children of an element like the description. */
export function patch(root, description) {
  const now = [];
  flatten([description], now);
  children(root, shown.get(root) || [], now, null);
  shown.set(root, now);
}

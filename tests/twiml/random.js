/*
 * Random TwiML made by the npm package twilio, and mutations of it, each of
 * which is wrong by construction.
 *
 *     node tests/twiml/random.js SEED COUNT FOLDER
 *
 * writes FOLDER/KIND/NNNN.xml and FOLDER/list: "KIND<tab>FILE<tab>valid" or
 * "...<tab>what was made wrong". The same seed makes the same documents.
 * What may be called with which values is read from grammar/twiml.json; what
 * comes out is the SDK's own.
 */
'use strict';
const fs = require('fs');
const path = require('path');
const top = path.join(__dirname, '..', '..');
const twilio = path.join(top, 'build/npm/node_modules/twilio/lib/twiml');
const data = JSON.parse(fs.readFileSync(path.join(top,
    'grammar/twiml.json')));
const [seed, count, folder] = process.argv.slice(2);

/* mulberry32 */
let state = Number(seed) >>> 0;
function random() {
	state = (state + 0x6d2b79f5) >>> 0;
	let t = state;
	t = Math.imul(t ^ (t >>> 15), t | 1);
	t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
	return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = n => Math.floor(random() * n);
const pick = list => list[below(list.length)];
const chance = p => random() < p;

const rules = {};
for (const r of data.rules)
	(rules[r.at] = rules[r.at] || {})[r.rule] = r;
const rule = (at, name) => (rules[at] || {})[name];

const words = ['Hello', 'a & b', '1 < 2', 'x > y', '"quoted"', "it's",
	']]>', 'größe', '日本', '😀', '{{x}}', '\\n', '<!-- -->', 'é', '100 %'];
function phrase(max) {
	const out = [];
	for (let n = 1 + below(4); n > 0; n--)
		out.push(pick(words));
	return out.join(' ').slice(0, max);
}
const url = () => pick(['/next', '../a?x=1&y=2', 'https://example.com/a',
	'https://example.com/?q="a"&b=<c>', 'HTTPS://EXAMPLE.COM', 'a b/c']);

/* A text that matches a pattern of core/pattern.h. */
function fromPattern(pattern) {
	const alternatives = [''];
	let bracket = false;
	for (let i = 0; i < pattern.length; i++) {
		const c = pattern[i];
		if (c === '\\') {
			alternatives[alternatives.length - 1] += c +
			    pattern[++i];
			continue;
		}
		bracket = c === '[' || (bracket && c !== ']');
		if (c === '|' && !bracket)
			alternatives.push('');
		else
			alternatives[alternatives.length - 1] += c;
	}
	const atom = /(\[(?:\\.|[^\]])*\]|\\.|.)([*+?]|\{\d+(?:,\d*)?\})?/g;
	let out = '';
	for (const [, what, often] of pick(alternatives).matchAll(atom)) {
		const known = new RegExp('^' + what + '$');
		const all = [];
		for (let c = 33; c < 127; c++)
			if (known.test(String.fromCharCode(c)))
				all.push(String.fromCharCode(c));
		const m = /\{(\d+)(,?)(\d*)\}/.exec(often || '');
		const min = m ? Number(m[1]) : often === '*' ||
		    often === '?' ? 0 : 1;
		const max = !often || often === '?' ? 1 : !m ? min + 8 :
		    m[3] ? Number(m[3]) : m[2] ? min + 8 : min;
		for (let n = min + below(max - min + 1); n > 0; n--)
			out += pick(all);
	}
	return out;
}

function value(kind, type, name) {
	const at = `${kind}/${type}@${name}`;
	const t = data.sdk[kind].types[type].attributes[name]
	    .replace('list ', '');
	const list = data.sdk[kind].types[type].attributes[name] !== t;
	const one = () => {
		if (rule(at, 'pattern'))
			return fromPattern(rule(at, 'pattern').pattern);
		if (rule(at, 'enum'))
			return pick(rule(at, 'enum').values);
		if (rule(at, 'url'))
			return url();
		if (t === 'boolean')
			return chance(0.5);
		if (t === 'integer')
			return (rule(at, 'integer') || { min: 0 }).min +
			    below(30);
		if (t === 'string')
			return phrase((rule(at, 'length') || {}).max);
		return pick(data.sdk[kind].enums[t]);
	};
	return list ? Array.from({ length: 1 + below(3) }, one) : one();
}

function attributes(kind, type, parent) {
	const out = {};
	for (const name of Object.keys(data.sdk[kind].types[type].attributes)) {
		const must = rule(`${kind}/${type}@${name}`, 'required');
		if ((must && must.unless !== parent) || chance(0.3))
			out[name] = value(kind, type, name);
	}
	return out;
}

function text(kind, type) {
	const at = `${kind}/${type}`;
	if (rule(at, 'text-pattern'))
		return pick([['sip:', 'alice@example.com'],
			['', '+15550100100']].filter(p =>
			new RegExp('^(?:' + rule(at, 'text-pattern').pattern +
			')$').test(p.join('')))).join('');
	if (rule(at, 'json'))
		return JSON.stringify({ a: phrase(), b: [below(9), null] });
	if (rule(at, 'text-url'))
		return url();
	return phrase(60);
}

/* The SDK's method that makes a child of this type, by what it returns. */
const methodOf = (kind, type) => {
	const special = { SsmlSayAs: 'sayAs', ReferSip: 'sip', SipUri: 'uri' };
	const plain = special[type] || type.replace(/^Ssml/, '');
	return plain[0].toLowerCase() + plain.slice(1);
};

function fill(kind, node, type, depth) {
	const t = data.sdk[kind].types[type];
	const at = `${kind}/${type}`;
	const needs = (rule(at, 'needs') || { of: [] }).of;
	const alone = rule(at, 'alone');
	let n = depth > 4 || t.children.length === 0 ? 0 : below(4);
	if (needs.includes('child') && t.text === 'none' && n === 0)
		n = 1;
	if (alone && chance(0.3)) {
		child(kind, node, type, alone.child, depth);
		return;
	}
	for (; n > 0; n--) {
		const c = pick(t.children);
		if (!alone || c !== alone.child)
			child(kind, node, type, c, depth);
	}
}

function child(kind, node, parent, type, depth) {
	const t = data.sdk[kind].types[type];
	const at = `${kind}/${type}`;
	const a = attributes(kind, type, parent);
	const method = node[methodOf(kind, type)];
	let made;
	if (rule(at, 'text-or-child')) {
		/* Either a text, or what may stand in it. */
		if (chance(0.5)) {
			method.call(node, a, text(kind, type));
			return;
		}
		made = method.call(node, a);
		child(kind, made, type, pick(t.children), depth + 1);
		return;
	}
	made = t.text === 'none' ? method.call(node, a) :
	    method.call(node, a, text(kind, type));
	fill(kind, made, type, depth + 1);
}

function make(kind) {
	const Class = require(path.join(twilio,
	    kind[0].toUpperCase() + kind.slice(1) + 'Response.js'));
	const r = new Class();
	if (chance(0.1))
		r.commentBefore(' made ');
	fill(kind, r, 'Response', 0);
	return r.toString();
}

/* Mutations: [what, the document], or null where this one cannot be. */
const tag = /<([A-Za-z][\w-]*)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g;
function tags(xml) {
	const body = xml.indexOf('<Response');
	return [...xml.matchAll(tag)].filter(m => m.index > body);
}
const splice = (s, from, to, by) => s.slice(0, from) + by + s.slice(to);

const mutations = {
	renamed(kind, xml) {
		const m = pick(tags(xml));
		if (!m)
			return null;
		/* Its end, too, so that it stays well-formed. */
		const own = new RegExp(`(</?)${m[1]}(?=[\\s/>])`, 'g');
		return xml.replace(own, `$1${m[1]}x`);
	},
	wrongCase(kind, xml) {
		const m = pick(tags(xml).filter(t => t[1] !==
		    t[1].toUpperCase()));
		return m ? xml.replace(new RegExp(`(</?)${m[1]}(?=[\\s/>])`,
		    'g'), `$1${m[1].toUpperCase()}`) : null;
	},
	misplaced(kind, xml) {
		const m = pick(tags(xml).filter(t => !t[3]));
		return m ? splice(xml, m.index + m[0].length,
		    m.index + m[0].length, '<Response/>') : null;
	},
	attributeRenamed(kind, xml) {
		const m = pick(tags(xml).filter(t => t[2]));
		return m ? splice(xml, m.index, m.index + m[0].length,
		    m[0].replace(/([\w-]+)="/, '$1x="')) : null;
	},
	attributeAdded(kind, xml) {
		const m = pick(tags(xml));
		return m ? splice(xml, m.index + 1 + m[1].length,
		    m.index + 1 + m[1].length, ' zzz="1"') : null;
	},
	badValue(kind, xml) {
		const found = [];
		for (const m of tags(xml))
			for (const a of m[2].matchAll(/([\w:-]+)="[^"]*"/g)) {
				const all = Object.entries(
				    data.sdk[kind].types).filter(([, t]) =>
				    t.element === m[1] && t.attributes[a[1]]);
				/* Where each type of that name checks it. */
				if (all.length > 0 && all.every(([n, t]) =>
				    !/string$/.test(t.attributes[a[1]]) ||
				    rule(`${kind}/${n}@${a[1]}`, 'enum')))
					found.push([m.index + m[0].length -
					    m[0].length + m[0].indexOf(a[0]),
					    a]);
			}
		const [at, a] = pick(found) || [];
		return a ? splice(xml, at, at + a[0].length,
		    `${a[1]}="~bad~"`) : null;
	},
	requiredGone(kind, xml) {
		const must = data.rules.filter(r => r.rule === 'required' &&
		    !r.unless && r.at.startsWith(kind + '/'));
		const found = [];
		for (const m of tags(xml))
			for (const r of must) {
				const [type, name] = r.at.split('/')[1]
				    .split('@');
				const t = data.sdk[kind].types[type];
				const a = new RegExp(`\\s${name}="[^"]*"`)
				    .exec(m[2]);
				if (t.element === m[1] && a)
					found.push([m.index + 1 + m[1].length +
					    a.index, a[0].length]);
			}
		const [at, n] = pick(found) || [];
		return n ? splice(xml, at, at + n, '') : null;
	},
	textAdded(kind, xml) {
		const none = Object.values(data.sdk[kind].types)
		    .filter(t => t.text === 'none').map(t => t.element);
		const m = pick(tags(xml).filter(t => !t[3] &&
		    none.includes(t[1])));
		return m ? splice(xml, m.index + m[0].length,
		    m.index + m[0].length, 'text') : null;
	},
	notClosed(kind, xml) {
		return xml.replace(/<\/?Response\/?>\s*$/, '');
	},
	rawAmpersand(kind, xml) {
		return xml.replace(/<\/?Response\/?>\s*$/, '& $&');
	}
};

const kinds = ['voice', 'voice', 'voice', 'voice', 'messaging', 'fax'];
const list = [];
function write(kind, what, xml) {
	const file = `${kind}/${String(list.length).padStart(5, '0')}.xml`;
	fs.mkdirSync(path.join(folder, kind), { recursive: true });
	fs.writeFileSync(path.join(folder, file), xml);
	list.push(`${kind}\t${file}\t${what}\n`);
}
for (let i = 0; i < Number(count); i++) {
	const kind = pick(kinds);
	const xml = make(kind);
	write(kind, 'valid', xml);
	const name = pick(Object.keys(mutations));
	const bad = mutations[name](kind, xml);
	if (bad !== null)
		write(kind, name, bad);
}
fs.writeFileSync(path.join(folder, 'list'), list.join(''));

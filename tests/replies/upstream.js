/*
 * An application with every fault: node upstream.js PORTFILE LOG
 *
 * Listens on a free loopback port, which it writes into PORTFILE; one line of
 * LOG is one request, as JSON: what it was and its number on its connection.
 * What is answered depends on the path; see modes.
 */
'use strict';
const fs = require('fs');
const http = require('http');

const [portFile, log] = process.argv.slice(2);
const MENU = '<Response><Say>From the application.</Say></Response>';
let count = 0;
let connections = 0;

function answer(res, text, type = 'text/xml', status = 200) {
	const body = Buffer.from(text);
	const headers = { 'Content-Length': body.length };

	if (type !== '')
		headers['Content-Type'] = type;
	res.writeHead(status, headers);
	res.end(body);
}

const invalid = {
	verb: '<Response><Shout>Hello</Shout></Response>',
	illformed: '<Response><Say>Hello</Response>',
	messaging: '<Response><Message>Hello</Message></Response>',
	attribute: '<Response><Say voise="alice">Hello</Say></Response>',
	nothing: '',
	text: 'Hello',
	entity: '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>' +
	    '<Response><Say>&e;</Say></Response>',
};

const modes = {
	'/fast': (q, res) => answer(res, MENU),
	// No two answers are the same.
	'/count': (q, res, n) => setTimeout(() => answer(res, q.has('message') ?
	    `<Response><Message>Answer ${n}.</Message></Response>` :
	    `<Response><Say>Answer ${n}.</Say></Response>`), +q.get('ms')),
	'/slow': (q, res) => setTimeout(() => answer(res, MENU), +q.get('ms')),
	'/halfopen': () => {},
	'/drip': (q, res) => {
		let at = 0;

		res.writeHead(200, { 'Content-Type': 'text/xml',
		    'Content-Length': MENU.length });
		const timer = setInterval(() => {
			res.write(MENU[at++]);
			if (at === MENU.length || res.destroyed)
				clearInterval(timer);
		}, 1000);
	},
	'/type': (q, res) => answer(res, q.get('is') === 'application/json' ?
	    '{"say": "Hello"}' : MENU, q.get('is')),
	'/status': (q, res) => answer(res, MENU, 'text/xml', +q.get('is')),
	'/huge': (q, res) => answer(res, '<Response><Say>' +
	    'x'.repeat(1 << 20) + '</Say></Response>'),
	'/invalid': (q, res) => answer(res, invalid[q.get('is')]),
	'/redirect': (q, res) => {
		res.writeHead(302, { Location: '/fast' });
		res.end();
	},
	'/cut': (q, res) => {
		res.writeHead(200, { 'Content-Type': 'text/xml',
		    'Content-Length': 1000 });
		res.write(MENU, () => res.socket.destroy());
	},
	'/close': (q, res) => res.socket.destroy(),
	'/noise': (q, res) => res.socket.end('Hello\r\n\r\n'),
	// Of Conversations.
	'/json': (q, res) => answer(res, q.get('is'), 'application/json'),
};

const server = http.createServer((req, res) => {
	const url = new URL(req.url, 'http://upstream');
	const socket = req.socket;
	const parts = [];

	socket.number ??= ++connections;
	socket.requests = (socket.requests || 0) + 1;
	req.on('data', (part) => parts.push(part));
	req.on('end', () => {
		fs.appendFileSync(log, JSON.stringify({ method: req.method,
		    url: req.url, connection: socket.number,
		    nth: socket.requests, headers: req.headers,
		    body: Buffer.concat(parts).toString('latin1') }) + '\n');
		const mode = modes[url.pathname];
		if (mode)
			mode(url.searchParams, res, ++count);
		else
			answer(res, 'no such mode', 'text/plain', 404);
	});
});
// Idle connections stay for longer than a script lasts.
server.keepAliveTimeout = 60000;
server.listen(0, '127.0.0.1', () => {
	fs.writeFileSync(portFile + '.new', server.address().port + '\n');
	fs.renameSync(portFile + '.new', portFile);
});
process.on('SIGTERM', () => process.exit(0));

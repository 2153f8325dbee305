/*
 * A receiver with every fault; the path says which one.
 *      node faults.js PORTFILE LOG [KEY CERTIFICATE]
 * With a certificate it speaks TLS.
 */
'use strict';
const fs = require('fs');
const http = require('http');
const https = require('https');

const [portFile, log, key, cert] = process.argv.slice(2);
const never = () => {};

const faults = {
	'/ok': (req, res) => res.end('thanks'),
	'/reset': (req, res) => res.socket.resetAndDestroy(),
	'/close': (req, res) => res.socket.end(),
	'/never': never,
	'/cut': (req, res) => {
		res.writeHead(200, { 'Content-Length': 100 });
		res.write('a part', () => res.socket.end());
	},
	'/drip': (req, res) => {
		const timer = setInterval(() => res.write('x'), 50);

		res.on('close', () => clearInterval(timer));
	},
	'/huge': (req, res) => {
		const chunk = Buffer.alloc(65536, 'x');
		const more = () => {
			while (!res.destroyed && res.write(chunk))
				;
		};

		res.on('drain', more);
		more();
	},
	'/headers': (req, res) => {
		res.setHeader('X-Long', 'h'.repeat(10000));
		res.end('b'.repeat(3000));
	},
	'/redirect': (req, res) => {
		res.writeHead(307, { Location: '/ok' });
		res.end();
	},
	'/later': (req, res) => {
		res.writeHead(429, { 'Retry-After': '7' });
		res.end('slow down');
	},
	'/at': (req, res) => {
		res.writeHead(503, { 'Retry-After':
		    new Date(Date.now() + 60000).toUTCString() });
		res.end();
	},
	'/bytes': (req, res) => {
		res.writeHead(400);
		res.end(Buffer.from([0x61, 0xff, 0x00, 0x62]));
	},
};

function answer(req, res) {
	fs.appendFileSync(log, `${req.method} ${req.url}\n`);
	req.resume();
	req.on('end', () => {
		const status = /^\/status\/(\d+)$/.exec(req.url);

		if (status) {
			res.writeHead(Number(status[1]));
			res.end('no');
		} else
			(faults[req.url] || never)(req, res);
	});
}

const server = key ? https.createServer({ key: fs.readFileSync(key),
    cert: fs.readFileSync(cert) }, answer) : http.createServer(answer);
server.listen(0, '127.0.0.1', () => {
	fs.writeFileSync(portFile + '.new', server.address().port + '\n');
	fs.renameSync(portFile + '.new', portFile);
});
process.on('SIGTERM', () => process.exit(0));

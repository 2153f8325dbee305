// A receiver that notes each request: one JSON line when it has come and one
// when it is answered. The path says how it is answered:
//   /ok            200
//   /slow?ms=N     200 after N ms
//   /hold          never
//   /hold?n=N      200 to the first N that come there, then never
//   /status/N      N
//   /good?n=N      200 to the first N that come there, then 503
'use strict';
const fs = require('fs');
const http = require('http');

const [, , port, log] = process.argv;
let good = 0;
const held = {};

function note(what) {
	fs.appendFileSync(log, JSON.stringify(what) + '\n');
}

const server = http.createServer((req, res) => {
	const url = new URL(req.url, 'http://localhost');
	const chunks = [];

	req.on('data', (c) => chunks.push(c));
	req.on('end', () => {
		const said = { path: url.pathname,
		    id: req.headers['webhook-id'],
		    event: req.headers['x-offhook-event'],
		    body: Buffer.concat(chunks).toString('utf8') };
		note({ begun: said });
		held[req.url] = (held[req.url] || 0) + 1;
		if (url.pathname === '/hold' &&
		    held[req.url] > Number(url.searchParams.get('n') || 0))
			return;
		setTimeout(() => {
			note({ received: said });
			if (url.pathname.startsWith('/status/'))
				res.statusCode = Number(url.pathname.slice(8));
			if (url.pathname === '/good' &&
			    ++good > Number(url.searchParams.get('n')))
				res.statusCode = 503;
			res.end('thanks\n');
		}, Number(url.searchParams.get('ms') || 0));
	});
});

server.keepAliveTimeout = 60000;
server.listen(0, '127.0.0.1', () => {
	fs.writeFileSync(port + '.new', String(server.address().port));
	fs.renameSync(port + '.new', port);
});

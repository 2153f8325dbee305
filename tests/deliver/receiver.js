/*
 * A user's application that gets deliveries, as its documentation shows it:
 * Express, with the library of Standard Webhooks and with the middleware of
 * Twilio's helper library.      node receiver.js PORTFILE LOG
 * with TWILIO_AUTH_TOKEN, SECRET_OLD and SECRET_NEW.
 */
'use strict';
const fs = require('fs');
const path = require('path');
const modules = path.join(__dirname, '../../build/npm/node_modules');
const express = require(path.join(modules, 'express'));
const twilio = require(path.join(modules, 'twilio'));
const { Webhook } = require(path.join(modules, 'standardwebhooks'));

const [portFile, log] = process.argv.slice(2);
const secrets = {
	old: process.env.SECRET_OLD,
	new: process.env.SECRET_NEW,
};
const app = express();
const keep = { verify: (req, res, bytes) => { req.rawBody = bytes; } };

app.use(express.urlencoded({ extended: false, ...keep }));
app.use(express.json(keep));
app.use(express.text({ type: () => true, ...keep }));

app.use((req, res, next) => {
	res.on('finish', () => fs.appendFileSync(log,
	    JSON.stringify({ url: req.originalUrl, status: res.statusCode,
	        headers: req.headers, body: req.body,
	        raw: (req.rawBody || '').toString() }) + '\n'));
	next();
});

/* It parses what it has verified; not all that is signed is JSON. */
function accepts(wh, body, headers) {
	try {
		wh.verify(body, headers);
	} catch (e) {
		return e instanceof SyntaxError;
	}
	return true;
}

/* Good, and each change of it is not. */
app.post('/standard/:which', (req, res) => {
	const wh = new Webhook(secrets[req.params.which]);
	const body = (req.rawBody || '').toString();
	const h = req.headers;
	const now = Date.now;
	const bad = [];

	if (!accepts(wh, body, h)) {
		res.status(400).send('refused');
		return;
	}
	if (accepts(wh, body + ' ', h))
		bad.push('body');
	for (const name of ['webhook-id', 'webhook-timestamp'])
		if (accepts(wh, body, { ...h, [name]: h[name] + '1' }))
			bad.push(name);
	for (const minutes of [-6, 6]) {
		Date.now = () => now() + minutes * 60000;
		if (accepts(wh, body, h))
			bad.push(`${minutes} minutes`);
		Date.now = now;
	}
	res.status(bad.length === 0 ? 200 : 418).send(bad.join());
});

app.use('/twilio', twilio.webhook({ validate: true, protocol: 'http' }));
app.post('/twilio', (req, res) => res.json(req.body));

const server = app.listen(0, '127.0.0.1', () => {
	fs.writeFileSync(portFile + '.new', server.address().port + '\n');
	fs.renameSync(portFile + '.new', portFile);
});
process.on('SIGTERM', () => process.exit(0));

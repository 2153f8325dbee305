/*
 * A user's application as Twilio's documentation shows it: Express, and the
 * middleware of Twilio's helper library, which refuses what Twilio has not
 * signed.      node express.js PORTFILE LOG, with TWILIO_AUTH_TOKEN
 *
 * It answers with what it has read of the request, so that a test sees it.
 */
'use strict';
const fs = require('fs');
const path = require('path');
const modules = path.join(__dirname, '../../build/npm/node_modules');
const express = require(path.join(modules, 'express'));
const twilio = require(path.join(modules, 'twilio'));

const [portFile, log] = process.argv.slice(2);
const app = express();

// For the record only: what was refused, too.
app.use((req, res, next) => {
	res.on('finish', () => fs.appendFileSync(log,
	    JSON.stringify({ method: req.method, url: req.originalUrl,
	        status: res.statusCode, headers: req.headers }) + '\n'));
	next();
});
app.use(express.urlencoded({ extended: false }));
app.use('/twilio', twilio.webhook({ validate: true, protocol: 'http' }));

function say(res, text) {
	const response = new twilio.twiml.VoiceResponse();

	response.say(text);
	res.type('text/xml').send(response.toString());
}

app.all('/twilio/voice', (req, res) => {
	const all = { ...req.query, ...req.body };

	say(res, Object.keys(all).sort().filter((name) => /^x/.test(name))
	    .map((name) => `${name}=${[all[name]].flat().join('|')}`)
	    .join(' '));
});
app.all('/twilio/sms', (req, res) => {
	const response = new twilio.twiml.MessagingResponse();

	response.message(`You said: ${req.body.Body}`);
	res.type('text/xml').send(response.toString());
});
app.post('/twilio/conversation', (req, res) =>
	res.json({ body: req.body.Body.toUpperCase() }));

const server = app.listen(0, '127.0.0.1', () => {
	fs.writeFileSync(portFile + '.new', server.address().port + '\n');
	fs.renameSync(portFile + '.new', portFile);
});
process.on('SIGTERM', () => process.exit(0));

// The other queues, each with the same job: POST a text and see a 2xx.
//
//     node peer.js fill NAME N     N jobs, of the text on standard input
//     node peer.js work NAME       until TERM
//     node peer.js left NAME       prints how many are not completed
//
// NAME is that of a line of the table below; DATABASE and URL are in the
// environment, and where the packages are in NODE_PATH.
'use strict';
const { readFileSync } = require('node:fs');
const { Logger, makeWorkerUtils, run } = require('graphile-worker');
const pg = require('pg');
const { PgBoss } = require('pg-boss');
const { Pool } = require('undici');

const QUEUE = 'post';
const CONNECTIONS = 64;	// to the receiver, as offhook's
const BITE = 1000;	// jobs in one statement, when they are made

// What each may be told to make it fast; nothing is what its makers chose.
const settings = {
	'graphile': { },
	'graphile-24': { concurrentJobs: 24, maxPoolSize: 26 },
	'graphile-best': {
		concurrentJobs: 64, maxPoolSize: 10,
		localQueue: { size: 500, refetchDelay: { durationMs: 10 } },
		completeJobBatchDelay: 0, failJobBatchDelay: 0,
	},
	'pgboss': { },
	'pgboss-best': {
		batchSize: 64, burstWhenBatchFull: true,
		pollingIntervalSeconds: 0.5, perJobResults: true,
	},
};

const [, , what, name, count] = process.argv;
const url = new URL(process.env.URL);

function agent() {
	const pool = new Pool(url.origin, { connections: CONNECTIONS });
	return async text => {
		const { statusCode, body } = await pool.request({
			path: url.pathname, method: 'POST', body: text,
			headers: { 'content-type': 'application/json' },
		});
		await body.dump();
		if (statusCode >= 300)
			throw new Error(`status ${statusCode}`);
	};
}

const graphile = {
	async fill(data, n) {
		const utils = await makeWorkerUtils({
			connectionString: process.env.DATABASE, logger: quiet,
		});
		await utils.migrate();
		for (let i = 0; i < n; i += BITE)
			await utils.addJobs(Array.from(
			    { length: Math.min(BITE, n - i) },
			    () => ({ identifier: QUEUE, payload: data })));
		await utils.release();
	},
	async work() {
		const post = agent();
		await run({
			connectionString: process.env.DATABASE, logger: quiet,
			preset: { worker: settings[name] },
			taskList: { [QUEUE]: job => post(JSON.stringify(job)) },
		});
	},
	left: 'select count(*) from graphile_worker.jobs',
};
const quiet = new Logger(() => level => (level, message) => {
	if (level === 'error')
		console.error(message);
});

const pgboss = {
	async start() {
		const boss = new PgBoss(process.env.DATABASE);
		boss.on('error', console.error);
		await boss.start();
		return boss;
	},
	async fill(data, n) {
		const boss = await pgboss.start();
		await boss.createQueue(QUEUE);
		for (let i = 0; i < n; i += BITE)
			await boss.insert(QUEUE, Array.from(
			    { length: Math.min(BITE, n - i) },
			    () => ({ data })));
		await boss.stop({ graceful: false });
	},
	async work() {
		const post = agent();
		const boss = await pgboss.start();
		const one = job => post(JSON.stringify(job.data)).then(
		    () => ({ id: job.id, status: 'completed' }),
		    () => ({ id: job.id, status: 'failed' }));
		const all = async jobs => Promise.all(jobs.map(one));
		await boss.work(QUEUE, settings[name], all);
	},
	left: "select count(*) from pgboss.job where state <> 'completed'",
};

async function left() {
	const client = new pg.Client(process.env.DATABASE);
	await client.connect();
	console.log((await client.query(peer.left)).rows[0].count);
	await client.end();
}

async function main() {
	if (what === 'work')
		return peer.work();
	if (what === 'fill')
		await peer.fill(JSON.parse(readFileSync(0, 'utf8')),
		    Number(count));
	else
		await left();
	process.exit(0);
}

const peer = name.startsWith('graphile') ? graphile : pgboss;
main().catch(err => {
	console.error(err);
	process.exit(1);
});

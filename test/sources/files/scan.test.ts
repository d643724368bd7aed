import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { globalCall, type Json } from '../../support/records.js';
import { delivered, ids, scan } from '../../support/scan.js';

const calls = [globalCall(), globalCall(), globalCall()];
const callIds = calls.map(({ eventID }) => eventID);

describe('what wraps records', () => {
  const [a, b, c] = calls.map((record) => JSON.stringify(record));
  const message = (record: Json): Json => ({
    id: '1',
    timestamp: 1,
    message: JSON.stringify(record),
  });
  const logEvents = {
    messageType: 'DATA_MESSAGE',
    logGroup: 'trail',
    logEvents: calls.map(message),
  };
  const lookup = (record: Json): Json => ({
    EventId: 'x',
    EventTime: '2026-08-27T12:29:30-07:00',
    CloudTrailEvent: JSON.stringify(record),
  });

  it.each([
    ['a delivered file', delivered(...calls)],
    ['a pretty-printed file', JSON.stringify({ Records: calls }, null, 2)],
    [
      'CRLF and indentation',
      JSON.stringify({ Records: calls }, null, '\t').replaceAll('\n', '\r\n'),
    ],
    ['an array', JSON.stringify(calls)],
    ['lines', `${a}\n${b}\n${c}\n`],
    [
      'lines as CloudWatch Logs exports them to a bucket',
      calls.map((record) => `2026-01-10T12:00:01.000Z ${JSON.stringify(record)}\n`).join(''),
    ],
    ['lines with CRLF and a blank one', `${a}\r\n\r\n${b}\r\n${c}`],
    ['commas and no array', `${a},\n${b},\n${c},`],
    ['several documents', `${delivered(calls[0] ?? {})}${delivered(calls[1] ?? {})}\n${c}`],
    [
      'several pretty documents',
      calls.map((record) => JSON.stringify({ Records: [record] }, null, 2)).join('\n'),
    ],
    ['a byte order mark', `\uFEFF${delivered(...calls)}`],
    ['LookupEvents', JSON.stringify({ Events: calls.map(lookup), NextToken: 'abc' })],
    ['lines of LookupEvents', calls.map((record) => JSON.stringify(lookup(record))).join('\n')],
    [
      'EventBridge',
      calls
        .map((detail) => JSON.stringify({ 'detail-type': 'AWS API Call via CloudTrail', detail }))
        .join('\n'),
    ],
    [
      'a CloudWatch Logs subscription',
      JSON.stringify({ awslogs: { data: gzipSync(JSON.stringify(logEvents)).toString('base64') } }),
    ],
    ['decoded log events', JSON.stringify(logEvents)],
    ['filter-log-events', JSON.stringify({ events: calls.map(message), searchedLogStreams: [] })],
    [
      'strings two levels down',
      calls
        .map((record) => JSON.stringify({ input: { message: JSON.stringify(record) } }))
        .join('\n'),
    ],
    ['another tool’s output', JSON.stringify({ version: 1, Events: calls, done: true })],
  ])('reads %s, whole and in pieces of any size', (_, text) => {
    expect(ids(scan(text))).toEqual(callIds);
    expect(scan(text)).toMatchObject({ damage: {}, content: 'log' });
    for (const size of [1, 7, 1000]) expect(ids(scan(text, size))).toEqual(callIds);
  });

  it.each([['{"Records":[]}'], ['[]'], ['{"Events":[],"NextToken":"x"}']])(
    'takes %s for an empty log',
    (text) => {
      expect(scan(text)).toMatchObject({ damage: {}, content: 'log', batch: { hits: [] } });
    },
  );

  it('reads a value that comes in very many pieces', () => {
    const record = globalCall({ padding: 'x'.repeat(8_000_000) });
    expect(ids(scan(JSON.stringify({ detail: record }), 512))).toEqual([record['eventID']]);
  });

  it('reads a wrapper of any size, part by part', () => {
    const filler = Array.from({ length: 200 }, () => ({ text: 'x'.repeat(100_000) }));
    const hits = { total: 3, hits: [...filler, ...calls.map((record) => ({ source: record }))] };
    const text = JSON.stringify({ took: 1, hits });
    for (const result of [scan(text), scan(text, 1 << 20)]) {
      expect(result).toMatchObject({ damage: {}, content: 'log' });
      expect(ids(result)).toEqual(callIds);
    }
  });

  it('inflates payloads up to a limit for all of them', () => {
    const payload = (record: Json): Json => {
      const text = JSON.stringify({ ...record, padding: 'x'.repeat(100_000) });
      const data = gzipSync(JSON.stringify({ logEvents: [{ message: text }] })).toString('base64');
      return { awslogs: { data } };
    };
    const text = calls.map((call) => JSON.stringify(payload(call))).join('\n');
    expect(ids(scan(text))).toEqual(callIds);
    const limited = scan(text, undefined, 250_000);
    expect(ids(limited)).toEqual(callIds.slice(0, 2));
    expect(limited.damage).toEqual({ 'torn-record': 1 });
  });

  it('knows digests, own reports, and JSON that is no log', () => {
    const own = { schemaVersion: 1, tool: { name: 'legacy-endpoint-audit' }, findings: [] };
    expect(scan(JSON.stringify(own)).content).toBe('own-report');
    expect(scan('[["eventid","host"],["x","sts.amazonaws.com"]]').content).toBe('foreign');
    const digest = { awsAccountId: '1', digestStartTime: 'x', logFiles: [] };
    expect(scan(JSON.stringify(digest)).content).toBe('digest');
    expect(scan('{"name":"some-package"}').content).toBe('foreign');
  });
});

describe('damage', () => {
  const [a = '', b = '', c = ''] = calls.map((record) => JSON.stringify(record));

  it.each([
    ['cut at the end', delivered(...calls).slice(0, -200), 'cut-short', [0, 1]],
    ['cut at the start', delivered(...calls).slice(200), 'not-json', [1, 2]],
    ['a torn line', `${a}\n${b.slice(0, 300)}\n${c}\n`, 'torn-record', [0, 2]],
    ['a line torn outside a string', `${a}\n{"eventVersion":"1.08",\n${c}\n`, 'cut-short', [0, 2]],
    ['a colon between', `[${a}:${b},${c}]`, 'not-json', [0, 1, 2]],
    ['text between', `${a}\nsome words\n${b}\n${c}`, 'not-json', [0, 1, 2]],
    [
      'JavaScript instead of JSON',
      `${a}\n{eventVersion: '1.08'}\n${b}\n${c}`,
      'not-json',
      [0, 1, 2],
    ],
    ['a missing closing bracket', `{"Records":[${a},${b},${c}`, 'cut-short', [0, 1, 2]],
  ])('reports %s and loses nothing else', (_, text, damage, kept) => {
    const result = scan(text);
    expect(Object.keys(result.damage)).toContain(damage);
    expect(ids(result)).toEqual(kept.map((index) => callIds[index]));
  });

  it.each([
    ['a record without its source', { eventVersion: '1.08', tlsDetails: { a: 1 } }],
    ['keys in lower case', { eventid: 'x', eventsource: 'sts.amazonaws.com' }],
    ['an entry of LookupEvents without the record', { EventId: 'x', EventName: 'AssumeRole' }],
    ['flat keys', { 'tlsDetails.clientProvidedHostHeader': 'sts.amazonaws.com' }],
    ['a flat record', { ...calls[1], 'userIdentity.arn': 'arn:aws:iam::111122223333:root' }],
  ])('reports %s beside good records', (_, value) => {
    const result = scan(`${a}\n${JSON.stringify(value)}\n${c}`);
    expect(result.damage).toEqual({ 'unreadable-event': 1 });
    expect(ids(result)).toEqual([callIds[0], callIds[2]]);
  });

  it.each([
    ['text between', `{"Records":[${a},@@@,${b},${c}]}`, [0, 1, 2]],
    ['a start that is lost', delivered(...calls).slice(200), [1, 2]],
  ])('loses nothing else to %s, wherever pieces end', (_, text, kept) => {
    for (let size = 1; size < 60; size += 1) {
      expect(ids(scan(text, size))).toEqual(kept.map((index) => callIds[index]));
    }
  });

  it('reports a record in a text that was cut before its source', () => {
    const result = scan(`{"message":${JSON.stringify(b.slice(0, 100))}}\n${c}`);
    expect(result.damage).toEqual({ 'torn-record': 1 });
    expect(ids(result)).toEqual([callIds[2]]);
  });

  it('gives up values that are deeper than any wrapper, instead of filling the memory', () => {
    const result = scan(`{"a":${'['.repeat(5000)}\n${c}`);
    expect(Object.keys(result.damage)).toContain('record-too-large');
    expect(ids(result)).toEqual([callIds[2]]);
  });

  it('does not read hopeless text again and again', () => {
    for (const text of [
      '{"eventVersion":\n',
      `{"eventVersion":"1","a":{"b":"${'x'.repeat(60)}",`,
    ]) {
      expect(Object.keys(scan(text.repeat(20_000)).damage)).toContain('abandoned');
    }
  });

  it('says that a call without a readable time is lost', () => {
    expect(scan(delivered(globalCall({ eventTime: 'redacted' })))).toMatchObject({
      rejected: { 'unreadable-event-time': 1 },
      lostCalls: 1,
    });
  });
});

describe('a bracket that is missing in one record', () => {
  const records = Array.from({ length: 20 }, () => globalCall());
  const lookups = records.map((record) => ({
    EventId: record['eventID'],
    CloudTrailEvent: JSON.stringify(record),
  }));

  it.each([
    ['a delivered file', JSON.stringify({ Records: records }), '}}'],
    ['a pretty-printed file', JSON.stringify({ Records: records }, null, 2), '}\n    },'],
    ['an array', JSON.stringify(records), '}}'],
    ['lines', records.map((record) => JSON.stringify(record)).join('\n'), '}}'],
    ['what LookupEvents gives', JSON.stringify({ Events: lookups }), '"}'],
  ])('loses no other record of %s', (_, text, end) => {
    const place = text.indexOf(end, text.length / 4) + end.lastIndexOf('}');
    const { batch, damage } = scan(text.slice(0, place) + text.slice(place + 1), 1000);
    expect(batch.hits.length).toBeGreaterThanOrEqual(19);
    expect(damage).not.toEqual({});
  });
});

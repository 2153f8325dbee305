-- params(): a form is decoded once, and never fails.
begin;
\ir lib/setup.sql
select plan(37);
create function pg_temp.p(text) returns jsonb language sql
    as $$ select offhook.params(convert_to($1, 'UTF8')) $$;

select is(offhook.params(null), null, 'null');
select is(pg_temp.p(''), '{}', 'nothing');
select is(pg_temp.p('a=b'), '{"a": "b"}', 'one pair');
select is(pg_temp.p('a=b&c=d'), '{"a": "b", "c": "d"}', 'two pairs');
select is(pg_temp.p('a'), '{"a": ""}', 'a name without =');
select is(pg_temp.p('a='), '{"a": ""}', 'an empty value');
select is(pg_temp.p('=b'), '{"": "b"}', 'an empty name');
select is(pg_temp.p('='), '{"": ""}', 'nothing but =');
select is(pg_temp.p('&&a=b&'), '{"a": "b"}', 'empty pairs');
select is(pg_temp.p('a=b=c'), '{"a": "b=c"}', '= in a value');
select is(pg_temp.p('a=b+c'), '{"a": "b c"}', '+ is a space');
select is(pg_temp.p('a=b%2Bc'), '{"a": "b+c"}', '%2B is a plus');
select is(pg_temp.p('a=b%252Bc'), '{"a": "b%2Bc"}', 'decoded once');
select is(pg_temp.p('a+b=%20'), '{"a b": " "}', 'names are decoded too');
select is(pg_temp.p('%61%3D=%26'), '{"a=": "&"}', '%3D and %26 do not split');
select is(pg_temp.p('a=1&a=2&b=3&a=1'),
    '{"a": ["1", "2", "1"], "b": "3"}', 'a repeated name, in order');
select is(pg_temp.p('=1&=2'), '{"": ["1", "2"]}', 'a repeated empty name');
select is(pg_temp.p('a=1&%61=2'), '{"a": ["1", "2"]}',
    'one name, spelled in two ways');
select is(pg_temp.p('a=%'), '{"a": "%"}', '% at the end');
select is(pg_temp.p('a=%4'), '{"a": "%4"}', 'half an escape');
select is(pg_temp.p('a=%zz'), '{"a": "%zz"}', 'no escape');
select is(pg_temp.p('a=%g1%1g'), '{"a": "%g1%1g"}', 'nor these');
select is(pg_temp.p('a=%%41'), '{"a": "%A"}', 'an escape after a %');
select is(pg_temp.p('a=%4%31'), '{"a": "%41"}', 'an escape in an escape');
select is(pg_temp.p('a=%c3%A9'), '{"a": "é"}', 'either case of hex digits');
select is(pg_temp.p('a=é&b=%F0%9F%98%80'),
    '{"a": "é", "b": "😀"}', 'raw and escaped UTF-8');
select is(pg_temp.p('a=x%00y'), jsonb_build_object('a', 'x' || chr(65533)
    || 'y'), 'an escaped NUL');
select is(offhook.params('\x613d7800'::bytea), jsonb_build_object('a',
    'x' || chr(65533)), 'a NUL');
select is(pg_temp.p('a=%FFx%C3'), jsonb_build_object('a', chr(65533) || 'x'
    || chr(65533)), 'not UTF-8');
select is(offhook.params('\x613dc328'::bytea), jsonb_build_object('a',
    chr(65533) || '('), 'a first byte without a second');
select is(pg_temp.p('a=%ED%A0%80%C0%80%F5'), jsonb_build_object('a',
    repeat(chr(65533), 6)), 'a surrogate, an overlong NUL, beyond Unicode');
select is(pg_temp.p('a=%F4%8F%BF%BF%E0%A0%80<>%EF%BF%BF'),
    jsonb_build_object('a', chr(1114111) || chr(2048) || '<>'
    || chr(65535)), 'the edges of UTF-8');

-- every byte, raw and escaped, gives the same
select is((select count(*) from generate_series(0, 255) as b
    where b not in (37, 38, 43)
    and offhook.params('\x613d'::bytea
	|| set_byte('\x00'::bytea, 0, b))
    <> pg_temp.p('a=%' || lpad(to_hex(b), 2, '0'))), 0::bigint,
    'every byte, raw and escaped');

-- what the view shows
select is(offhook.event_params('{"a":[1]}', 'json', 'POST', null),
    '{"a": [1]}', 'JSON as it is');
select is(offhook.event_params('{"a":', 'json', 'POST', null), null,
    'JSON that does not parse');
select is(offhook.event_params('', 'form', 'GET',
    'https://example.com/t?a=b+c&d=%C3%A9#f'), '{"a": "b c", "d": "é#f"}',
    'a GET has its query');
select is(offhook.event_params(null, 'form', 'GET', 'https://example.com/t'),
    '{}', 'or none');
select * from finish();
rollback;

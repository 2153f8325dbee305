#!/usr/bin/python3
"""Our signature check against Twilio's own SDK for Python, as Debian has it
(package python3-twilio), with random requests.

Both ways: what the SDK signs is checked by ours, what ours signs by the SDK;
and each request is changed in one place, which both must refuse. Where the
two differ the reason has a name below, with a predicate; any other difference
fails. COUNT=requests (2500), SEED=number (random, printed).
"""
import hashlib
import os
import random
import subprocess
import sys
from urllib.parse import quote, quote_plus, urlparse

from twilio.request_validator import (RequestValidator, add_port,
                                      remove_port)

COUNT = int(os.environ.get("COUNT", "2500"))
SEED = int(os.environ.get("SEED", random.SystemRandom().randrange(1 << 32)))
rnd = random.Random(SEED)
build = os.environ.get("OFFHOOK_BUILD", "build")

NAMES = ["CallSid", "Body", "From", "To", "Digits", "DigitsX", "CALLSID",
         "callSid", "Reason", "ReasonConferenceEnded", "ToCity", "a", "b",
         "MessagingBinding.Address", "SipHeader_X[0]", "Ümlaut", "\U0001F600",
         "~*'", "a b", "%41", "CallToken"]
CHARS = ("abcXYZ0189-_.~!*'()+&=%/?#@:;,[]{}<>\"\\ \t\r\n\0"
         "äß€日\u2028\ufeff\U0001F600\U00010348\ue000")
PATH = "abcXYZ09-_.~!$&'()*+,;=:@"
QUERY = PATH + "/?"
ESCAPES = ["%20", "%27", "%2F", "%2f", "%C3%A4", "%00", "%25", "%zz", "%",
           "%4", "%E2%82%AC"]
HOSTS = ["hooks.example.com", "Hooks.Example.COM", "h", "localhost",
         "192.0.2.7", "[2001:db8::7]", "a-b.example", "xn--mller-kva.example"]


def text(most):
    return "".join(rnd.choice(CHARS) for _ in range(rnd.randrange(most + 1)))


def spelled(chars, most):
    """Part of a URL: plain characters, escapes, now and then raw UTF-8."""
    out = ""
    for _ in range(rnd.randrange(most + 1)):
        kind = rnd.random()
        if kind < 0.80:
            out += rnd.choice(chars)
        elif kind < 0.96:
            out += rnd.choice(ESCAPES)
        else:
            out += rnd.choice("äñ€\U0001F600")
    return out


def target():
    kind = rnd.random()
    path = "/" + "/".join(spelled(PATH, 6) for _ in range(rnd.randrange(4)))
    if kind < 0.08:
        path = "/"
    elif kind < 0.12:
        path = "/" + path
    if rnd.random() < 0.35:
        return path
    query = spelled(QUERY, 12)
    if rnd.random() < 0.3:
        query = "&".join(rnd.choice(["a", "b'", "%27"]) + "=" +
                         spelled(QUERY, 5) for _ in range(3))
    return path + "?" + ("" if rnd.random() < 0.06 else query)


class Params(dict):
    """What the SDK is given. It reads params.items() only: a pair is there
    once, and a name as often as it has values, as in its later versions."""

    def __init__(self, pairs):
        super().__init__(pairs)
        self.pairs = sorted(set(pairs))

    def items(self):
        return self.pairs


class Request:
    def __init__(self):
        self.token = text(12).replace("\0", "") or "test-token-a"
        self.scheme = rnd.choice(["https", "https", "http"])
        self.host = rnd.choice(HOSTS)
        self.port = rnd.choice([None, None, 80, 443, 8443, 1, 65535])
        self.target = target()
        self.kind = rnd.choice(["form", "form", "form", "get", "other"])
        self.pairs = []
        self.json = b""
        if self.kind == "form":
            names = rnd.choices(NAMES, k=rnd.randrange(9)) + [text(4)]
            self.pairs = [(n, rnd.choice(["", "1", text(10)])) for n in names]
            if self.pairs and rnd.random() < 0.4:
                self.pairs += rnd.choices(self.pairs, k=2)
            rnd.shuffle(self.pairs)
        if self.kind == "other":
            self.json = ('{"x":"%s"}' % text(20)).encode()
            if rnd.random() < 0.9:
                self.target += "&" if "?" in self.target else "?"
                self.target += "bodySHA256=" + \
                    hashlib.sha256(self.json).hexdigest()

    def base(self):
        port = "" if self.port is None else ":%d" % self.port
        return "%s://%s%s" % (self.scheme, self.host, port)

    def url(self):
        return self.base() + self.target

    def body(self):
        """The form as some client would spell it."""
        if self.kind != "form":
            return self.json
        if rnd.random() < 0.5:
            return "&".join(quote_plus(n) + "=" + quote_plus(v)
                            for n, v in self.pairs).encode()
        return "&&".join(
            quote(n, safe="") +
            ("=" + quote(v, safe="/:@!") if v or not n else "")
            for n, v in self.pairs).encode()

    def params(self):
        if self.kind == "other":
            return self.json.decode()
        return Params(self.pairs)


class Ours:
    def __init__(self):
        self.process = subprocess.Popen(
            [build + "/tests/signature_verify"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE)

    def ask(self, command, r, signature, body):
        fields = [r.token, r.base(), r.target, signature]
        line = [command, r.kind] + [f.encode().hex() or "-" for f in fields] \
            + [body.hex() or "-"]
        self.process.stdin.write(" ".join(line).encode() + b"\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().decode().strip()


# Where the SDK refuses what we and Twilio's documentation take, and why: it
# takes the URL apart and joins it again, and some do not survive that.

def sdk_urls(r):
    """The two URLs that the SDK compares with."""
    parsed = urlparse(r.url())
    return {add_port(parsed), remove_port(parsed)}


def empty_query(r):
    """urlparse().geturl() drops a bare "?"; Twilio signs it as configured."""
    return r.target.endswith("?") and r.target.count("?") == 1


def ipv6(r):
    """The SDK cuts the host at the first ":", inside the brackets."""
    return r.host.startswith("[") and r.port is not None


def double_slash(r):
    """urlparse().geturl() of a path that begins with "//"."""
    return r.target.startswith("//") and \
        urlparse(r.url()).geturl() != r.url()


def empty_params(r):
    """";" at the end of the last path segment is dropped by geturl()."""
    return r.target.split("?")[0].endswith(";")


REASONS = [empty_query, ipv6, double_slash, empty_params]
counts = {f.__name__: 0 for f in REASONS}
agreed = {"sdk signs, ours checks": 0, "ours signs, sdk checks": 0,
          "changed, both refuse": 0, "apostrophe, ours alone takes": 0,
          "root without slash, ours alone takes": 0}
failures = []


def sdk_check(r, signature):
    try:
        return RequestValidator(r.token).validate(r.url(), r.params(),
                                                  signature)
    except (AttributeError, TypeError):
        # It takes JSON without bodySHA256 for a mapping: a refusal.
        return False


def explain(r, what, got):
    for reason in REASONS:
        if reason(r) and sdk_urls(r) != set(port_variants(r)):
            counts[reason.__name__] += 1
            return
    failures.append("%s: %r, token %r, url %r, pairs %r, body %r" %
                    (what, got, r.token, r.url(), r.pairs, r.json))


def bare_params(r):
    """The parameters that are signed: none but a form's."""
    return Params(r.pairs) if r.kind == "form" else {}


def port_variants(r):
    """The URLs that Twilio may have signed, by its documentation."""
    port = r.port or (443 if r.scheme == "https" else 80)
    bare = "%s://%s" % (r.scheme, r.host)
    return [bare + r.target, "%s:%d%s" % (bare, port, r.target)]


def both_ways(ours, r, body):
    sdk = RequestValidator(r.token)
    want = "valid" if r.kind != "other" or "bodySHA256=" in r.target \
        else "body-unsigned"
    for url in port_variants(r):
        signature = sdk.compute_signature(url, bare_params(r))
        got = ours.ask("check", r, signature, body)
        theirs = sdk_check(r, signature)
        if got != want:
            failures.append("signed by the SDK, checked by ours: %s, url %r, "
                            "pairs %r" % (got, url, r.pairs))
        elif theirs is not (got == "valid"):
            explain(r, "the SDK on its own signature", theirs)
        else:
            agreed["sdk signs, ours checks"] += 1
    signature = ours.ask("sign", r, "", body)
    theirs = sdk_check(r, signature)
    if theirs is not (want == "valid"):
        explain(r, "signed by ours, checked by the SDK", theirs)
    else:
        agreed["ours signs, sdk checks"] += 1
    return signature


def change(r, signature, body):
    """One thing changed; None when it happens to mean the same."""
    kind = rnd.randrange(5)
    if kind == 0:
        i = rnd.randrange(27)
        other = rnd.choice([c for c in "ABCabc019+/" if c != signature[i]])
        return r.pairs, r.target, signature[:i] + other + signature[i + 1:], \
            body
    if kind == 1:
        return r.pairs, r.target + rnd.choice("xX09-"), signature, body
    if kind == 2 and r.kind == "form":
        pairs = r.pairs + [("Extra", "1")]
        return pairs, r.target, signature, body + b"&Extra=1"
    if kind == 3 and r.kind == "form" and r.pairs:
        pairs = r.pairs[:]
        n, v = pairs.pop(rnd.randrange(len(pairs)))
        pairs.append((n, v + "x"))
        return pairs, r.target, signature, "&".join(
            quote_plus(n) + "=" + quote_plus(v) for n, v in pairs).encode()
    if kind == 4:
        return r.pairs, r.target, signature[:-1], body
    return r.pairs, r.target[:1] + "y" + r.target[1:], signature, body


def changed(ours, r, signature, body):
    kept = r.pairs, r.target
    r.pairs, r.target, signature, body = change(r, signature, body)
    got = ours.ask("check", r, signature, body)
    theirs = sdk_check(r, signature)
    if got not in ("mismatch", "malformed", "body-unsigned", "body-changed"):
        failures.append("changed, but ours says %s: url %r, pairs %r" %
                        (got, r.url(), r.pairs))
    elif theirs is True:
        explain(r, "changed, but the SDK takes it", theirs)
    else:
        agreed["changed, both refuse"] += 1
    r.pairs, r.target = kept
    if r.kind == "other":
        got = ours.ask("check", r, ours.ask("sign", r, "", body),
                       r.json + b" ")
        if got not in ("body-changed", "body-unsigned"):
            failures.append("another body: %s, url %r" % (got, r.url()))


def wider(ours, r, body):
    """What we take by design (twilio-protocol 1.8) and the SDK refuses."""
    path, mark, query = r.target.partition("?")
    sdk = RequestValidator(r.token)
    if r.kind == "other":
        return
    bare = "%s://%s" % (r.scheme, r.host)
    spellings = [("apostrophe, ours alone takes", path + mark + q)
                 for q in (query.replace("'", "%27"),
                           query.replace("%27", "'")) if q != query]
    if path == "/":
        spellings.append(("root without slash, ours alone takes",
                          r.target[1:]))
    for name, other in spellings:
        signature = sdk.compute_signature(bare + other, bare_params(r))
        got = ours.ask("check", r, signature, body)
        theirs = sdk_check(r, signature)
        if got != "valid":
            failures.append("%s, but %s: %r" % (name, got, r.url()))
        elif theirs is True:
            explain(r, "%s, but the SDK takes it" % name, theirs)
        else:
            agreed[name] += 1


def main():
    print("# SEED=%d COUNT=%d" % (SEED, COUNT))
    ours = Ours()
    for _ in range(COUNT):
        r = Request()
        body = r.body()
        signature = both_ways(ours, r, body)
        changed(ours, r, signature, body)
        wider(ours, r, body)
    ours.process.stdin.close()
    tests = [("every difference has a name", not failures),
             ("the program has answered to the end",
              ours.process.wait() == 0)]
    # Each class occurs, or this file explains what does not exist.
    need = max(1, COUNT // 1000)
    tests += [("agreed: %s: %d" % (k, n), n >= need)
              for k, n in agreed.items()]
    tests += [("differs, %s: %d" % (f.__name__, counts[f.__name__]),
               counts[f.__name__] > 0) for f in REASONS]
    for number, (name, good) in enumerate(tests, 1):
        print("%s %d - %s" % ("ok" if good else "not ok", number, name))
    for f in failures[:10]:
        print("# " + f)
    print("1..%d" % len(tests))
    return 0 if all(good for _, good in tests) else 1


sys.exit(main())

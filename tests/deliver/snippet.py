"""A receiver made of a piece of the documentation, which defines is_ours().

python3 snippet.py PIECE PORTFILE: 204 what it takes, 401 what it does not.
"""
import http.server
import os
import sys
import urllib.parse

with open(sys.argv[1], encoding="utf-8") as f:
    PIECE = f.read()
exec(PIECE)             # as it stands


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if "webhook-timestamp" not in PIECE:
            body = dict(urllib.parse.parse_qsl(body.decode(),
                                               keep_blank_values=True))
        good = is_ours(self.headers, body)      # noqa: F821
        self.send_response(204 if good else 401)
        self.end_headers()

    def log_message(self, *ignored):
        pass


server = http.server.HTTPServer(
    ("127.0.0.1", int(os.environ.get("PORT", 0))), Receiver)
with open(sys.argv[2] + ".new", "w", encoding="utf-8") as f:
    f.write(f"{server.server_port}\n")
os.rename(sys.argv[2] + ".new", sys.argv[2])
server.serve_forever()

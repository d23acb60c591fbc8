"""A page for visitors while the hotel is upgraded: maintenance.py ADDRESS PORT, until it is stopped."""
import http.server
import sys

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Back in a moment</title><style>body{font:1.2rem sans-serif;max-width:30rem;margin:20vh auto;padding:1rem}</style>
<h1>Back in a moment</h1><p>We are bringing our booking system up to date. Please come back in a few minutes.</p>
<h1 lang="zh">系统正在升级</h1><p lang="zh">预订系统正在维护，请几分钟后再试。</p></html>""".encode()


class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self):
        self.send_response(503)
        for name, value in {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(PAGE)),
                            "Retry-After": "300", "Cache-Control": "no-store"}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(PAGE)

    do_GET = do_POST = do_HEAD = do_PUT = do_PATCH = do_DELETE = answer

    def log_message(self, *_arguments):
        pass


if __name__ == "__main__":
    http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()

# SPDX-License-Identifier: Apache-2.0
"""The other sides: an HTTP server that plays Telegram, WhatsApp, ntfy and the receivers of webhooks, with all that may
go wrong with them, and a mail server with TLS and authentication."""
import base64
import collections
import http.server
import json
import pathlib
import re
import socket
import ssl
import subprocess
import threading
import time


class Web:
    """Answers as the services document it. `plan[path]` holds what goes wrong with the next requests to a path."""

    def __init__(self):
        self.requests = []
        self.plan = collections.defaultdict(collections.deque)
        self.always = {}
        self.updates = []
        self.changed = threading.Condition()
        self.number = 0
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                outer.handle(self)

            do_GET = do_POST

            def log_message(self, *arguments):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, request, client_address):
                pass  # whoever is killed leaves broken connections behind

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def handle(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        path = request.path
        try:
            data = json.loads(body) if body else None
        except ValueError:
            data = None
        kind = path.rsplit("/", 1)[-1]
        if kind == "getUpdates":
            return self.reply(request, 200, {"ok": True, "result": self.wait_updates(data)})
        trouble = self.always.get(path) or (self.plan[path].popleft() if self.plan[path] else None)
        with self.changed:
            self.requests.append({"path": path, "headers": dict(request.headers), "raw": body, "data": data,
                                  "trouble": trouble, "time": time.time()})
            self.changed.notify_all()
        if trouble:
            return self.misbehave(request, trouble)
        return self.reply(request, 200, self.answer(kind))

    def answer(self, kind):
        self.number += 1
        if kind == "sendMessage":
            return {"ok": True, "result": {"message_id": self.number}}
        if kind == "answerCallbackQuery":
            return {"ok": True, "result": True}
        if kind == "messages":
            return {"messaging_product": "whatsapp", "messages": [{"id": f"wamid.{self.number}"}]}
        return {"id": f"n{self.number}", "event": "message"}

    def wait_updates(self, wanted):
        offset = wanted.get("offset", 0)
        until = time.time() + min(wanted.get("timeout", 0), 0.5)
        with self.changed:
            while True:
                found = [one for one in self.updates if one["update_id"] >= offset]
                left = until - time.time()
                if found or left <= 0:
                    return found
                self.changed.wait(left)

    def press(self, data, person, chat=None):
        """Somebody presses a button; the id of the press."""
        with self.changed:
            number = len(self.updates) + 1
            self.updates.append({"update_id": 1000 + number, "callback_query": {
                "id": f"press-{number}", "from": {"id": int(person)}, "data": data,
                "message": {"message_id": 1, "chat": {"id": int(chat or person)}}}})
            self.changed.notify_all()
        return f"press-{number}"

    @staticmethod
    def reply(request, status, data, headers=()):
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        request.send_response(status)
        for name, value in headers:
            request.send_header(name, value)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def misbehave(self, request, trouble):
        kind, *rest = trouble
        if kind == "status":
            status, data, headers = (rest + [{}, ()])[:3]
            return self.reply(request, status, data, headers)
        request.close_connection = True
        if kind == "hang":
            time.sleep(rest[0])
        elif kind == "half":
            request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"ok\":")
        elif kind == "garbage":
            return self.reply(request, 200, b"<html>welcome</html>")
        elif kind == "redirect":
            return self.reply(request, 302, {}, [("Location", rest[0])])
        request.connection.shutdown(socket.SHUT_RDWR)
        return None

    def told(self, path):
        """What came to a path and was taken."""
        with self.changed:
            return [one for one in self.requests if re.fullmatch(path, one["path"]) and not one["trouble"]]

    def wait(self, good, seconds=30):
        """Until `good()` is true; its value."""
        until = time.time() + seconds
        with self.changed:
            while True:
                value = good()
                left = until - time.time()
                if value or left <= 0:
                    return value
                self.changed.wait(min(left, 0.2))


def make_certificates(folder):
    """An authority and a certificate of 127.0.0.1: paths of both, and of the key."""
    folder = pathlib.Path(folder)
    ca, key, request, certificate = (folder / name for name in ("ca.pem", "key.pem", "request.pem", "server.pem"))
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\n")
    quiet = {"check": True, "capture_output": True}
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "ca.key", "-out", ca,
                    "-days", "2", "-subj", "/CN=test authority", "-addext", "keyUsage=keyCertSign"], **quiet)
    subprocess.run(["openssl", "req", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", request,
                    "-subj", "/CN=localhost"], **quiet)
    subprocess.run(["openssl", "x509", "-req", "-in", request, "-CA", ca, "-CAkey", folder / "ca.key", "-CAcreateserial",
                    "-out", certificate, "-days", "2", "-extfile", folder / "names"], **quiet)
    return ca, certificate, key


class Mail:
    """SMTP with STARTTLS and AUTH PLAIN or LOGIN; without both nothing is taken. `refuse` holds answers to addresses."""

    def __init__(self, certificate, key, user="kentongan", password="open sesame"):
        self.user, self.password = user, password
        self.mails, self.seen, self.refuse = [], [], {}
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(certificate, key)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def close(self):
        self.listener.close()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection):
        connection.settimeout(20)
        try:
            self.converse(connection)
        except (OSError, ValueError):
            pass
        finally:
            connection.close()

    def converse(self, connection):
        secure = known = False
        to = None
        stream = connection.makefile("rwb")

        def say(text):
            stream.write(text.encode() + b"\r\n")
            stream.flush()

        say("220 test")
        while line := stream.readline():
            words = line.decode("latin1").strip()
            verb = words.split(" ")[0].upper()
            self.seen.append((verb, secure))
            if verb in ("EHLO", "HELO"):
                say("250-test")
                say("250 " + ("AUTH PLAIN LOGIN" if secure else "STARTTLS"))
            elif verb == "STARTTLS":
                say("220 go")
                connection = self.tls.wrap_socket(connection, server_side=True)
                stream, secure = connection.makefile("rwb"), True
            elif verb == "AUTH" and secure:
                known = self.authenticate(words, stream, say)
                say("235 welcome" if known else "535 5.7.8 wrong name or password")
            elif verb == "MAIL":
                say("250 ok" if known else "530 5.7.0 who are you")
            elif verb == "RCPT":
                to = words[words.index("<") + 1:words.index(">")]
                say(self.refuse.get(to, "250 ok"))
            elif verb == "DATA":
                say("354 go")
                text = b""
                while (part := stream.readline()) != b".\r\n":
                    text += part
                self.mails.append((to, text))
                say("250 taken")
            elif verb == "QUIT":
                say("221 bye")
                return
            else:
                say("250 ok" if verb in ("RSET", "NOOP") else "502 what")

    def authenticate(self, words, stream, say):
        parts = words.split(" ")
        if parts[1].upper() == "PLAIN":
            if len(parts) < 3:
                say("334 ")
                parts.append(stream.readline().decode().strip())
            _, user, password = base64.b64decode(parts[2]).decode().split("\0")
        else:
            say("334 VXNlcm5hbWU6")
            user = base64.b64decode(stream.readline()).decode()
            say("334 UGFzc3dvcmQ6")
            password = base64.b64decode(stream.readline()).decode()
        return (user, password) == (self.user, self.password)

# SPDX-License-Identifier: Apache-2.0
"""A language server as an editor talks to it: JSON-RPC over its standard input and output."""

import json
import os
import pathlib
import selectors
import subprocess
import time


class LanguageServer:
    """Starts the server; ends it with the `with` block. Every wait has an end."""

    def __init__(self, command, folder, settings, longest=60.0):
        self.longest = longest
        self.settings = settings
        self.published = {}
        self.answers = {}
        self.next_id = 0
        self.buffer = b""
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.process.stdout, selectors.EVENT_READ)
        root = pathlib.Path(folder).resolve().as_uri()
        capabilities = {
            "workspace": {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": True}},
            "textDocument": {"hover": {"contentFormat": ["markdown", "plaintext"]}, "completion": {}},
        }
        self.ask(
            "initialize",
            processId=os.getpid(),
            rootUri=root,
            workspaceFolders=[{"uri": root, "name": "rules"}],
            capabilities=capabilities,
        )
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings=settings)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method, **params):
        self.send({"method": method, "params": params})

    def ask(self, method, **params):
        self.next_id += 1
        number = self.next_id
        self.send({"id": number, "method": method, "params": params})
        self.wait(lambda: number in self.answers, method)
        answer = self.answers.pop(number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def open(self, uri, text):
        """The findings that the server publishes for the file."""
        self.tell("textDocument/didOpen", textDocument={"uri": uri, "languageId": "yaml", "version": 1, "text": text})
        self.wait(lambda: uri in self.published, "publishDiagnostics")
        return self.published[uri]

    def wait(self, done, what):
        end = time.monotonic() + self.longest
        while not done():
            left = end - time.monotonic()
            if left <= 0 or not self.selector.select(left):
                raise TimeoutError(f"the language server does not answer: {what}")
            chunk = os.read(self.process.stdout.fileno(), 1 << 16)
            if not chunk:
                raise RuntimeError(f"the language server ended before it answered: {what}")
            self.buffer += chunk
            while self.take():
                pass

    def take(self):
        head, divider, rest = self.buffer.partition(b"\r\n\r\n")
        if not divider:
            return False
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        if len(rest) < length:
            return False
        self.buffer = rest[length:]
        self.judge(json.loads(rest[:length]))
        return True

    def judge(self, message):
        method = message.get("method")
        if method is None:
            self.answers[message["id"]] = message
        elif method == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif method == "workspace/configuration":
            sections = [item.get("section", "") for item in message["params"]["items"]]
            self.send({"id": message["id"], "result": [self.settings.get(section) for section in sections]})
        elif "id" in message:
            self.send({"id": message["id"], "result": None})

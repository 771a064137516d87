# SPDX-License-Identifier: Apache-2.0
"""A TCP proxy before a broker: it delays what passes, holds it back, or cuts it off."""
import selectors
import socket
import threading
import time


class Proxy:
    """Listens where the broker's listener SLOW sends its clients. Change `delay` (seconds, each way), `holding` and
    `refusing` at any time."""

    def __init__(self, port, target):
        self.target = target
        self.delay = 0.0
        self.holding = False
        self.refusing = False
        self.stopping = False
        self.pairs = {}
        self.selector = selectors.DefaultSelector()
        self.listener = socket.create_server(("127.0.0.1", port), backlog=64)
        self.listener.setblocking(False)
        self.selector.register(self.listener, selectors.EVENT_READ)
        self.waiting = []  # (when, to, bytes), rising
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def cut(self):
        """Ends all connections, as a router does that forgets them."""
        for one in list(self.pairs):
            self._close(one)

    def stop(self):
        self.stopping = True
        self.thread.join()
        self.cut()
        self.listener.close()

    def _run(self):
        while not self.stopping:
            timeout = 0.05
            if self.waiting and not self.holding:
                timeout = max(0.0, min(timeout, self.waiting[0][0] - time.monotonic()))
            for key, _ in self.selector.select(timeout):
                if key.fileobj is self.listener:
                    self._accept()
                else:
                    self._read(key.fileobj)
            self._pass_on()

    def _accept(self):
        client, _ = self.listener.accept()
        try:
            if self.refusing:
                raise OSError("refused")
            broker = socket.create_connection(("127.0.0.1", self.target), timeout=2)
        except OSError:
            client.close()
            return
        for one, other in ((client, broker), (broker, client)):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.pairs[one] = other
            self.selector.register(one, selectors.EVENT_READ)

    def _read(self, one):
        try:
            data = one.recv(1 << 18)
        except (OSError, ValueError):
            data = b""
        if not data:
            self._close(one)
        elif one in self.pairs:
            self.waiting.append((time.monotonic() + self.delay, self.pairs[one], data))

    def _pass_on(self):
        while self.waiting and not self.holding and self.waiting[0][0] <= time.monotonic():
            _, to, data = self.waiting.pop(0)
            try:
                to.settimeout(5)
                to.sendall(data)
            except (OSError, ValueError):
                self._close(to)

    def _close(self, one):
        other = self.pairs.pop(one, None)
        for end in (one, other):
            if end is None:
                continue
            self.pairs.pop(end, None)
            try:
                self.selector.unregister(end)
            except (KeyError, ValueError):
                pass
            end.close()

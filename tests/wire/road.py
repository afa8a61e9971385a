"""The road between baken and the server: a proxy that loses answers, holds them back or loses the report itself, without
seeing anything. baken finds it by https_proxy, as behind a company's proxy.
"""
import socket
import threading

# A report's request has at least 8 KiB, and whatever comes before it on a connection less.
REPORT = 6000


class Road:
    """`way`: open; lose (the server gets the report, the answer is lost); hold (likewise, and the caller waits); stop (the
    server never gets it)."""

    def __init__(self, way="open"):
        self.way = way
        self.reports = 0  # that set out
        self.answers = 0  # that were lost or held
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.open = []
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def environment(self):
        address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        return {"https_proxy": address, "HTTPS_PROXY": address, "no_proxy": "", "NO_PROXY": ""}

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(near,), daemon=True).start()

    def carry(self, near):
        head = b""
        while b"\r\n\r\n" not in head:
            piece = near.recv(4096)
            if not piece:
                return
            head += piece
        host, port = head.split()[1].rsplit(b":", 1)
        far = socket.create_connection((host.strip(b"[]").decode(), int(port)))
        self.open += [near, far]
        near.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        state = {"reporting": False}
        threading.Thread(target=self.back, args=(near, far, state), daemon=True).start()
        there = 0
        try:
            while piece := near.recv(65536):
                there += len(piece)
                if there > REPORT and not state["reporting"]:
                    state["reporting"] = True
                    self.reports += 1
                if not (state["reporting"] and self.way == "stop"):
                    far.sendall(piece)
        except OSError:
            pass
        close(far)

    def back(self, near, far, state):
        try:
            while piece := far.recv(65536):
                if state["reporting"] and self.way != "open":
                    self.answers += 1
                    if self.way == "lose":
                        break
                    continue
                near.sendall(piece)
        except OSError:
            pass
        if self.way != "hold":
            close(near)
            close(far)

    def close(self):
        close(self.listener)
        for one in self.open:
            close(one)


def close(one):
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    one.close()

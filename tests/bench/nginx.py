"""Debian's nginx as the peer: the same certificate, bytes and header fields, TLS without resumption, two workers."""
import pathlib
import signal
import subprocess
import time

import process
from with_server import free_port, listens

# Named by the content, or nginx's own.
OWN = {"content-length", "content-type", "connection", "etag", "vary"}
CONFIG = """daemon off;
user {user};
worker_processes auto;
pid {home}/pid;
error_log {home}/error.log;
events {{ worker_connections 16384; }}
http {{
  access_log off;
  server_tokens off;
  sendfile on;
  tcp_nopush on;
  etag off;
  max_ranges 0;
  keepalive_requests 100000000;
  keepalive_timeout 600s;
  default_type "{type}";
  client_body_temp_path {home}/body;
  proxy_temp_path {home}/proxy;
  fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi;
  scgi_temp_path {home}/scgi;
  server {{
    listen 127.0.0.1:{port} ssl reuseport backlog=4096;
    ssl_certificate {cert};
    ssl_certificate_key {key};
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_tickets off;
    ssl_session_cache off;
    root {home}/root;
    add_header Last-Modified "";
{fields}
  }}
}}
"""


class Nginx:
    """Serves one file at /answer, with the header fields of the answer it stands in for."""

    def __init__(self, home, tls, body, headers):
        self.home = pathlib.Path(home)
        (self.home / "root").mkdir(parents=True)
        (self.home / "root/answer").write_bytes(body)
        kept = [(name, value) for name, value in headers if name.lower() not in OWN]
        fields = "\n".join('    add_header {} "{}";'.format(name, value.replace('"', '\\"')) for name, value in kept)
        self.port = free_port()
        (self.home / "nginx.conf").write_text(CONFIG.format(
            home=self.home, port=self.port, cert=tls / "cert.pem", key=tls / "key.pem", user="root", fields=fields,
            type=dict((name.lower(), value) for name, value in headers).get("content-type", "text/html")))
        self.master = None

    def __enter__(self):
        self.master = subprocess.Popen(["/usr/sbin/nginx", "-c", self.home / "nginx.conf", "-e",
                                        self.home / "error.log"], stderr=subprocess.PIPE)
        deadline = time.monotonic() + 10
        while not listens(self.port):
            if self.master.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"nginx did not start: {self.master.stderr.read().decode()}")
            time.sleep(0.02)
        return self

    def __exit__(self, *_):
        self.master.send_signal(signal.SIGTERM)
        self.master.wait(timeout=20)
        self.master.stderr.close()

    @property
    def pids(self):
        return process.children(self.master.pid)

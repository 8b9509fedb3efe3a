"""TLS is verified against the name that was asked for, although the connection goes to an address."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess

import pytest

from counterclaim.fetching import FetchError, fetch
from web_help import html, page, serving

REPORT = html(page("Night boat", "The night boat sailed on time, the harbour master said on Monday."))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate with openssl")
def test_a_certificate_must_be_that_of_the_name(tmp_path, monkeypatch):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out",
         certificate, "-subj", "/CN=paper.test", "-addext", "subjectAltName=DNS:paper.test"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    real = socket.getaddrinfo

    def getaddrinfo(host, port, *arguments, **more):
        return real("127.0.0.1" if str(host).endswith(".test") else host, port, *arguments, **more)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with serving() as web:
        web.server.socket = context.wrap_socket(web.server.socket, server_side=True)
        web.pages["/"] = REPORT
        paper, other = (f"https://{host}.test:{web.port}/" for host in ("paper", "other"))
        with pytest.raises(FetchError, match="certificate"):
            fetch(paper, web.limits())  # nobody we know has signed it
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert fetch(paper, web.limits()).capture
        with pytest.raises(FetchError, match="certificate"):
            fetch(other, web.limits())

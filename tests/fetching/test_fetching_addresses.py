"""Nothing is fetched from an inner network: not by literal, name, redirect, nor by a name that changes."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.fetching import FetchError, FetchLimits, fetch, post
from counterclaim.fetching.addresses import is_public, read_networks
from counterclaim.model import CounterclaimError
from web_help import LOOPBACK, html, page, serving

REPORT = html(page("Night boat", "The night boat sailed on time, the harbour master said on Monday."))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001",
        "0", "0.0.0.0",
        "localhost", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "100.100.100.200", "192.0.0.192", "168.63.129.16", "198.18.0.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]",
        "[::ffff:127.0.0.1]", "[::ffff:8.8.8.8]", "[::127.0.0.1]", "[2002:7f00:1::]", "[64:ff9b::7f00:1]",
        "[64:ff9b:1::7f00:1]", "[2001:0:1::1]", "[2001:db8::1]", "[2606:4700::5efe:7f00:1]", "[fec0::1]",
    ],
)  # fmt: skip
def test_a_literal_of_an_inner_network_is_refused_in_any_notation(host):
    with pytest.raises(FetchError) as caught:
        fetch(f"http://{host}/", FetchLimits(seconds=5))
    # httpx itself reads some of the notations as no address at all.
    assert caught.value.problem.code in {"private-address", "bad-url"}
    assert not caught.value.passing


@pytest.mark.parametrize("host", ["１２７.0.0.1", "ⓛocalhost", "127。0。0。1"])
def test_a_literal_in_other_characters_is_refused(host):
    with pytest.raises(FetchError) as caught:
        fetch(f"http://{host}/", FetchLimits(seconds=5))
    assert caught.value.problem.code in {"private-address", "bad-url"}


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450::1"])
def test_public_addresses_are_public(address):
    assert is_public(ip_address(address))


@given(st.integers(0, 2**32 - 1))
def test_no_address_that_ipaddress_calls_inner_is_public(number):
    address = IPv4Address(number)
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        assert not is_public(address)
    for prefix in (0xFFFF << 32, 0, 0x0064FF9B << 96, 0x0064FF9B0001 << 80):
        assert not is_public(IPv6Address(prefix | number))
    assert not is_public(IPv6Address((0x2002 << 112) | (number << 80)))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://example.org/a", "bad-url"),
        ("file:///etc/passwd", "bad-url"),
        ("gopher://127.0.0.1:70/_x", "bad-url"),
        ("//example.org/a", "bad-url"),
        ("example.org", "bad-url"),
        ("http://", "bad-url"),
        ("http:///path", "bad-url"),
        ("http://exa mple.org/", "bad-url"),
        ("http://example.org\\@127.0.0.1/", "bad-url"),
        ("http://example.org/\r\nHost: other", "bad-url"),
        ("http://[::1/", "bad-url"),
        ("http://example.org:99999/", "port-refused"),
        ("http://" + "a" * 9_000, "bad-url"),
        ("http://ann:secret@example.org/", "credentials-in-url"),
        ("http://ann@example.org/", "credentials-in-url"),
        ("http://example.org:22/", "port-refused"),
        ("https://example.org:6379/", "port-refused"),
    ],
)
def test_an_address_that_is_none_is_refused_before_anything_is_asked(url, code, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("it was resolved"))
    with pytest.raises(FetchError) as caught:
        fetch(url)
    assert caught.value.problem.code == code
    assert "secret" not in str(caught.value)


def answers(monkeypatch: pytest.MonkeyPatch, *rounds: list[str]) -> list[str]:
    """Let names resolve to these addresses, the next ones each time; literals resolve as they do."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def getaddrinfo(host, port, *arguments, **more):
        if not str(host).endswith(".test"):
            return real(host, port, *arguments, **more)
        asked.append(host)
        found = rounds[min(len(asked), len(rounds)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize("found", [["127.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["10.0.0.1", "1.1.1.1"]])
def test_a_name_with_even_one_inner_address_is_refused(found, monkeypatch):
    answers(monkeypatch, found)
    with serving() as web:
        web.pages["/"] = REPORT
        with pytest.raises(FetchError) as caught:
            fetch(web.url("/", "paper.test"), FetchLimits(ports=(web.port,), seconds=5))
        assert caught.value.problem.code == "private-address"
        assert web.asked == []


def test_a_name_is_resolved_once_and_the_checked_address_is_the_one_connected_to(monkeypatch):
    asked = answers(monkeypatch, ["127.0.0.1"], ["127.0.0.2"])
    with serving() as web:
        web.pages["/"] = REPORT
        done = fetch(web.url("/", "paper.test"), web.limits(allow_private=("127.0.0.1",)))
        assert asked == ["paper.test"]
        assert done.private
        assert web.asked[0][2]["host"] == f"paper.test:{web.port}"


def test_a_name_that_answers_otherwise_the_second_time_is_checked_the_second_time(monkeypatch):
    answers(monkeypatch, ["127.0.0.1"], ["127.0.0.2"])
    with serving() as web:
        web.pages["/"] = (302, {"Location": "/next"}, b"")
        web.pages["/next"] = REPORT
        with pytest.raises(FetchError) as caught:
            fetch(web.url("/", "paper.test"), web.limits(allow_private=("127.0.0.1",)))
        assert caught.value.problem.code == "private-address"
        assert web.paths() == ["/"]


@pytest.mark.parametrize(
    "place",
    ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data", "http://0x7f.2/", "//[::ffff:7f00:1]/",
     "file:///etc/passwd", "http://a:b@127.0.0.1/", "http://127.0.0.1:22/", "http://[::1"],
)  # fmt: skip
def test_a_redirect_to_an_inner_network_or_another_scheme_is_refused(place):
    with serving() as web:
        web.pages["/"] = (302, {"Location": place}, b"")
        with pytest.raises(FetchError) as caught:
            fetch(web.url("/"), web.limits(allow_private=("127.0.0.1",)))
        assert caught.value.problem.code in {"private-address", "redirect-refused"}
        assert web.paths() == ["/"]


def test_what_is_allowed_is_no_more_than_what_is_listed():
    with serving() as web:
        web.pages["/"] = REPORT
        assert fetch(web.url("/"), web.limits(allow_private=LOOPBACK)).capture
        with pytest.raises(FetchError):
            fetch(web.url("/"), web.limits(allow_private=("10.0.0.0/8", "::1/128")))
        with pytest.raises(FetchError):
            post(web.url("/"), b"{}", {}, web.limits(allow_private=()))


def test_a_network_that_is_none_is_told():
    with pytest.raises(CounterclaimError, match=r"10\.0\.0\.0/40"):
        read_networks(["10.0.0.0/40"])


def test_proxies_of_the_environment_are_not_used(monkeypatch):
    with serving() as proxy, serving() as web:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url(""))
        web.pages["/"] = REPORT
        assert fetch(web.url("/"), web.limits()).capture
        assert proxy.asked == []

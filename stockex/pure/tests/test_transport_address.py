"""Which addresses the server may be told to call."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..transport.address import is_public

PUBLIC_V4 = ("8.8.8.8", "1.1.1.1", "93.184.216.34", "172.15.0.1", "172.32.0.1", "100.128.0.1")
PRIVATE_V4 = (
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "10.255.255.255", "172.16.0.1"),
    *("172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.255"),
    *("192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.7", "224.0.0.1"),
    *("239.1.2.3", "240.0.0.1", "255.255.255.255"),
)


@pytest.mark.parametrize("address", [*PUBLIC_V4, "2606:4700:4700::1111", "2a00:1450:4007::1"])
def test_an_ordinary_address_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *PRIVATE_V4,
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1"),
        *("2001:db8::1", "2001::1", "2001:10::1", "3fff::1", "5f00::1", "100::1", "4000::1"),
        *("64:ff9b:1::1", "::7f00:1"),
        *("", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "example.com"),
    ],
)
def test_a_special_address_is_not(address):
    assert not is_public(address)


@pytest.mark.parametrize("prefix", ["::ffff:", "64:ff9b::"])
def test_an_address_inside_an_address_is_judged_by_itself(prefix):
    for address in PUBLIC_V4:
        assert is_public(prefix + address), address
    for address in PRIVATE_V4:
        assert not is_public(prefix + address), address


def test_six_to_four_is_judged_by_what_it_carries():
    assert is_public("2002:0808:0808::1")
    assert not is_public("2002:7f00:0001::1")
    assert not is_public("2002:a9fe:a9fe::1")


@given(st.ip_addresses())
def test_no_private_address_passes(address):
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        inner = isinstance(address, IPv6Address) and address.ipv4_mapped
        assert is_public(str(address)) == bool(inner and is_public(str(inner)))


@given(st.ip_addresses(v=4))
def test_mapping_changes_nothing(address):
    assert isinstance(address, IPv4Address)
    mapped = ip_address(f"::ffff:{address}")

    assert is_public(str(mapped)) == is_public(str(address))

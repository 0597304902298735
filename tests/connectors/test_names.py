"""Names and addresses: whatever way a connector resolves or checks the CRM's, it goes as with the real one."""

from pathlib import Path

import pytest

from tests.catalogue import HERE, NEEDS_NODE
from tests.connectors.test_descendants import play, simulator

__all__ = ["simulator"]
PYTHON = """
import ipaddress, socket, ssl, urllib.error, urllib.request

HOST = "app.clio.com"

def public(address):
    assert ipaddress.ip_address(address).is_global, address
    return address

def connects(address):
    plain = socket.create_connection((address, 443), 5)
    secure = ssl.create_default_context().wrap_socket(plain, server_hostname=HOST)
    found = secure.getpeername()[:2]
    secure.close()
    return found

def cancel_appointment(*, user, auth_header, appointment_id):
    CODE
    return True
"""
NODE = """
import dns, { lookup, lookupService, promises, resolve4, Resolver } from 'node:dns';
import https from 'node:https';
import net from 'node:net';
import tls, { connect } from 'node:tls';
import { promisify } from 'node:util';
import ipaddr from 'ipaddr.js';

const HOST = 'app.clio.com';
const open = (address) => {
  if (ipaddr.parse(address).range() !== 'unicast') throw new Error(`${address} is not public`);
  return address;
};
const peer = (options) => new Promise((ok, no) => {
  const socket = connect({ port: 443, servername: HOST, ...options }, () => ok([socket.remoteAddress, socket.remotePort])).on('error', no);
});
export const cancelAppointment = async () => {
  CODE
};
"""


@pytest.mark.in_turn
@pytest.mark.parametrize(
    "code",
    [
        "public(socket.gethostbyname(HOST))",
        "public(socket.gethostbyname_ex(HOST)[2][0])",
        "[public(info[4][0]) for info in socket.getaddrinfo(HOST, 443)]",
        "[public(info[4][0]) for info in socket.getaddrinfo(HOST.encode(), 'https', socket.AF_INET6)]",
        "assert socket.getaddrinfo(HOST, 443, flags=socket.AI_CANONNAME)[0][3] == HOST",
        "address = socket.gethostbyname(HOST); assert connects(address) == (address, 443)",
        "address = socket.getaddrinfo(HOST, 443, socket.AF_INET6)[0][4][0]; assert connects(address) == (address, 443)",
        "assert connects(HOST)[1] == 443 and public(connects(HOST)[0])",
        "assert socket.gethostbyaddr(socket.gethostbyname(HOST))[0] == HOST",
        "assert socket.getfqdn(socket.gethostbyname(HOST)) == HOST",
        "assert socket.getnameinfo((socket.gethostbyname(HOST), 443), 0)[0] == HOST",
        "assert socket.getnameinfo(('127.0.0.1', 80), socket.NI_NUMERICHOST)[0] == '127.0.0.1'",
    ],
)
def test_python_resolves_and_checks(simulator: object, tmp_path: Path, code: str) -> None:
    path = tmp_path / "connector.py"
    path.write_text(PYTHON.replace("CODE", code))
    reply, _ = play(simulator, path)  # type: ignore[arg-type]

    assert (reply.outcome.get("value"), reply.attempts) == (True, []), reply.outcome


@pytest.mark.in_turn
@NEEDS_NODE
@pytest.mark.parametrize(
    "code",
    [
        "return Boolean(open((await promisify(lookup)(HOST)).address))",
        "return Boolean(open((await promises.lookup(HOST)).address))",
        "return (await promises.lookup(HOST, { all: true })).every((each) => open(each.address))",
        "return net.isIPv6(open((await promises.lookup(HOST, { family: 6 })).address))",
        "return Boolean(open((await promisify(resolve4)(HOST))[0]))",
        "return Boolean(open((await promises.resolve6(HOST))[0]))",
        "return Boolean(open((await promises.resolve4(HOST, { ttl: true }))[0].address))",
        "const own = new Resolver(); return new Promise((ok) => own.resolve(HOST, 'A', (error, found) => ok(!error && Boolean(open(found[0])))))",
        "return Boolean(open((await new promises.Resolver().resolve4(HOST))[0]))",
        "return (await promises.resolveMx(HOST).catch((error) => error.code)) === 'ENODATA'",
        "const [address] = await promises.resolve(HOST); return (await promises.reverse(address))[0] === HOST",
        "const [address] = await promises.resolve(HOST); return (await promises.lookupService(address, 443)).hostname === HOST",
        "const [address] = await promises.resolve(HOST); return String(await peer({ host: address })) === `${address},443`",
        "const [address] = await promises.resolve6(HOST); return String(await peer({ host: address })) === `${address},443`",
        "return open((await peer({ host: HOST }))[0]) === (await promises.resolve(HOST))[0]",
        "let asked = 0; const own = (host, options, done) => { asked += 1; lookup(host, options, done); }; "
        "await peer({ host: HOST, lookup: own }); return asked === 1",
        "const inside = (host, options, done) => done(new Error('refused by the guard')); "
        "return (await peer({ host: HOST, lookup: inside }).catch((error) => error.message)) === 'refused by the guard'",
    ],
)
def test_node_resolves_and_checks(simulator: object, tmp_path: Path, code: str) -> None:
    (tmp_path / "node_modules").symlink_to(HERE / "node_modules")
    path = tmp_path / "connector.mjs"
    path.write_text(NODE.replace("CODE", code))
    reply, _ = play(simulator, path)  # type: ignore[arg-type]

    assert (reply.outcome.get("value"), reply.attempts) == (True, []), reply.outcome

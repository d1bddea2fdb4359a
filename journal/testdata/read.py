#!/usr/bin/env python3
"""Reads a goodenough journal without any of goodenough's code, and without bbolt.

    read.py JOURNAL PASSPHRASE      prints the entries as JSON lines, oldest first;
                                    a recovery phrase opens it too
    read.py --aside FILE PASSPHRASE prints those of a side file
    read.py --vectors VECTORS       checks the known answers, prints ok
    read.py --recovery VECTORS      checks those of the recovery phrase, prints ok

It follows the package documentation of goodenough/journal, version 1 of the
format. Needs python3-argon2, python3-nacl and python3-cryptography.
"""
import base64
import hashlib
import hmac
import json
import re
import sys
import unicodedata
from datetime import datetime

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as xopen

STANZA = "goodenough.internal/argon2id"
MAGIC = b"\xd7ge\x01"


def unbase64(s):
    return base64.b64decode(s + "=" * (-len(s) % 4), validate=True)


def hkdf(secret, salt, info):
    return HKDF(SHA256(), 32, salt, info).derive(secret)


def wrap_key(passphrase, salt, passes, memory, lanes):
    secret = unicodedata.normalize("NFC", passphrase).encode()
    return hash_secret_raw(secret, STANZA.encode() + salt, passes, memory, lanes, 32, Type.ID, 0x13)


def open_stanza(words, body, passphrase):
    """The file key, or None when the passphrase is not the one of this stanza."""
    key = wrap_key(passphrase, unbase64(words[3]), *map(int, words[4:7]))
    if words[2] == "recovery":
        key = hkdf(key, unbase64(words[7]), b"goodenough/v1 recovery")
    try:
        return ChaCha20Poly1305(key).decrypt(bytes(12), unbase64(body), None)
    except InvalidTag:
        return None


def open_age(file, passphrase):
    end = file.index(b"\n---") + 4
    stop = file.index(b"\n", end)
    header, mac, body = file[:end], unbase64(file[end + 1:stop].decode()), file[stop + 1:]
    lines = header.decode().split("\n")
    assert lines[0] == "age-encryption.org/v1"
    file_key = None
    for i, line in enumerate(lines):
        words = line.split(" ")
        if file_key is None and words[:2] == ["->", STANZA] and words[2] in ("passphrase", "recovery"):
            file_key = open_stanza(words, lines[i + 1], passphrase)
    assert file_key is not None, "wrong passphrase"
    assert hmac.compare_digest(hmac.digest(hkdf(file_key, None, b"header"), header, "sha256"), mac)
    payload_key = hkdf(file_key, body[:16], b"payload")
    return ChaCha20Poly1305(payload_key).decrypt(bytes(11) + b"\x01", body[16:], None)


def open_payload(block, passphrase):
    assert block[:10] == b"GENOUGHK\x01\x00"
    n = int.from_bytes(block[10:12], "little")
    payload = open_age(block[12:12 + n], passphrase)
    assert payload.startswith(b"goodenough-key/v1\n")
    return payload


def open_key_block(block, passphrase):
    payload = open_payload(block, passphrase)
    return payload[18:34], payload[34:66]


class Keys:
    def __init__(self, journal, root):
        self.journal = journal
        self.records, self.names, self.state, self.aside = (
            hkdf(root, journal, b"goodenough/v1 " + purpose) for purpose in (b"records", b"names", b"state", b"aside"))

    def id(self, name):
        return hmac.digest(self.names, name.encode(), "sha256")[:16]

    def open(self, value):
        padded = xopen(value[48:], value[:24] + self.journal, value[24:48], self.records)
        return padded[:padded.rindex(b"\x80")]

    def carve(self, data):
        """Every record that opens, wherever it stands: (id, header, body)."""
        at = -1
        while (at := data.find(MAGIC, at + 1)) >= 0:
            end = at + 24 + int.from_bytes(data[at + 5:at + 8], "little")
            try:
                text = self.open(data[at:end])
            except Exception:
                continue
            line, body = text.split(b"\n", 1)
            head = json.loads(line)
            assert head["v"] == 1
            yield data[at + 8:at + 24], head, body


def listed(keys, found):
    """What the newest ledger lists: the rev of each record, by its id."""
    heads = [json.loads(body) for id, _, body in found if id == keys.id("ledger head")]
    head = max(heads, key=lambda h: h["epoch"])
    shards = {keys.id("ledger shard %d" % i): digest for i, digest in enumerate(head["shards"])}
    revs = {}
    for id, _, body in found:
        if hashlib.sha256(body).hexdigest() == shards.get(id):
            for i in range(0, len(body), 24):
                revs[body[i:i + 16]] = int.from_bytes(body[i + 16:i + 24], "big")
    assert len(revs) == head["count"], (len(revs), head["count"])
    return revs


def moment(date):
    """A date to sort by, to the nanosecond."""
    whole, fraction, zone = re.fullmatch(r"([^.Z+]{19})(?:\.(\d+))?(.*)", date).groups()
    return datetime.fromisoformat(whole + zone.replace("Z", "+00:00")), (fraction or "").ljust(9, "0")


def read(path, passphrase):
    with open(path, "rb") as file:
        data = file.read()
    keys = Keys(*open_key_block(data[data.index(b"GENOUGHK"):], passphrase))
    found = list(keys.carve(data))
    revs = listed(keys, found)
    show((id, head, body) for id, head, body in found if head["rev"] == revs.get(id))


def read_aside(path, passphrase):
    with open(path, "rb") as file:
        data = file.read()
    keys = Keys(*open_key_block(data, passphrase))
    keys.records = keys.aside
    show(keys.carve(data))


def show(found):
    """Prints the entries among these records; of a record the last one counts."""
    entries = {}
    for id, head, body in found:
        entries.pop(id, None)
        if head["type"] == "entry" and "binned" not in head:
            entry = {k: v for k, v in head.items() if k not in ("v", "type", "rev", "history")}
            entry.update(json.loads(body))
            entries[id] = entry
    for entry in sorted(entries.values(), key=lambda e: (moment(e["created"]), e["id"].encode())):
        line = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
        print(line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def check(path):
    with open(path, encoding="utf-8") as file:
        v = json.load(file)
    for a in v["argon2"]:
        c = a["cost"]
        key = wrap_key(a["passphrase"], bytes.fromhex(a["salt"]), c["Passes"], c["MemoryKiB"], c["Lanes"])
        assert key.hex() == a["key"], a
    journal, root = open_key_block(bytes.fromhex(v["keyBlock"]["block"]), v["keyBlock"]["passphrase"])
    assert (journal.hex(), root.hex()) == (v["journal"], v["root"])
    keys = Keys(journal, root)
    assert {"records": keys.records.hex(), "names": keys.names.hex(), "state": keys.state.hex()} == v["keys"]
    for name, id in v["names"].items():
        assert keys.id(name).hex() == id, name
    value = bytes.fromhex(v["record"]["value"])
    assert value[:4] == MAGIC and value[8:24] == keys.id(v["record"]["name"])
    assert keys.open(value).decode() == v["record"]["plain"]
    print("ok")


def check_recovery(path):
    with open(path, encoding="utf-8") as file:
        v = json.load(file)
    c, block = v["cost"], bytes.fromhex(v["block"])
    key = wrap_key(v["phrase"], bytes.fromhex(v["salt"]), c["Passes"], c["MemoryKiB"], c["Lanes"])
    assert key.hex() == v["key"]
    for secret in (v["passphrase"], v["phrase"]):
        payload = open_payload(block, secret)
        assert (payload[18:34].hex(), payload[34:66].hex()) == (v["journal"], v["root"])
        tail = payload[66:]
        assert (tail[0], tail[1:17].hex(), tail[26:58].hex()) == (1, v["salt"], v["key"])
        numbers = [int.from_bytes(tail[a:b], "little") for a, b in ((17, 21), (21, 25), (25, 26))]
        assert numbers == [c["Passes"], c["MemoryKiB"], c["Lanes"]]
    print("ok")


if __name__ == "__main__":
    if sys.argv[1] == "--vectors":
        check(sys.argv[2])
    elif sys.argv[1] == "--recovery":
        check_recovery(sys.argv[2])
    elif sys.argv[1] == "--aside":
        read_aside(sys.argv[2], sys.argv[3])
    else:
        read(sys.argv[1], sys.argv[2])

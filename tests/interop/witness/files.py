"""Protocol §5: attachments, sealed and opened chunk by chunk."""

from nacl import bindings, exceptions

from .envelope import kdf
from .text import Refused, uuid_bytes

CHUNK = 65536
HEADER = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
EXTRA = bindings.crypto_secretstream_xchacha20poly1305_ABYTES
MESSAGE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
FINAL = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL


def padme(length):
    length = max(length, CHUNK)
    exponent = length.bit_length() - 1
    step = 1 << (exponent - exponent.bit_length())
    return (length + step - 1) // step * step


def sealed_length(length):
    filled = padme(length)
    return HEADER + filled + EXTRA * -(-filled // CHUNK)


def _file_key(content_key, index):
    if not 0 <= index <= 9:
        raise Refused("at most ten attachments")
    return kdf(32, 16 + index, "bkn-file", content_key)


def _associated(envelope_id, index, number):
    return uuid_bytes(envelope_id) + bytes([index]) + number.to_bytes(8, "little")


def seal(source, length, content_key, envelope_id, index, header=None):
    """Yields the sealed stream of `source` (a binary file of `length` bytes).

    `header` repeats a known stream for a vector: a state read from a header is the state that wrote it.
    """
    state, key = bindings.crypto_secretstream_xchacha20poly1305_state(), _file_key(content_key, index)
    if header is None:
        header = bindings.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    else:
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)
    yield header
    left = padme(length)
    number = 0
    while left:
        size = min(CHUNK, left)
        left -= size
        chunk = source.read(size)
        yield bindings.crypto_secretstream_xchacha20poly1305_push(
            state, chunk + bytes(size - len(chunk)), _associated(envelope_id, index, number),
            MESSAGE if left else FINAL)
        number += 1


def unseal(source, length, content_key, envelope_id, index):
    """Yields the plaintext of a sealed stream whose report says `grootte` = `length`."""
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    header = source.read(HEADER)
    if len(header) != HEADER:
        raise Refused("stream without header")
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, header, _file_key(content_key, index))
    left, text_left, number = padme(length), length, 0
    while left:
        size = min(CHUNK, left)
        left -= size
        sealed = source.read(size + EXTRA)
        if len(sealed) != size + EXTRA:
            raise Refused("stream too short")
        try:
            chunk, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(
                state, sealed, _associated(envelope_id, index, number))
        except (exceptions.CryptoError, RuntimeError) as error:
            raise Refused("chunk does not open") from error
        if tag != (MESSAGE if left else FINAL):
            raise Refused("unexpected tag")
        text, filling = chunk[:text_left], chunk[text_left:]
        if any(filling):
            raise Refused("filling is not zero")
        text_left -= len(text)
        number += 1
        if text:
            yield text
    if source.read(1):
        raise Refused("bytes after the final chunk")

// One passphrase as different keyboards send it: "é" is one code point on one machine and two on another, and
// the key that is derived from it is another one.
#pragma once

#include <vector>

#include "client/line/refusal.hpp"
#include "crypto/plain.hpp"

namespace client {

// Unicode's form NFC, under which new files are made; as it is where it is no UTF-8. Wiped memory throughout.
[[nodiscard]] crypto::plain composed(const crypto::plain& typed);

// What a file may have been made with, each once, to be tried in this order: as typed, composed, decomposed.
[[nodiscard]] std::vector<crypto::plain> spellings(const crypto::plain& typed);

// What a passphrase file holds: without a byte order mark before it and one line end (LF or CR LF) behind it.
// Refused, naming the file, where that is nothing, more than one line, or no UTF-8 but UTF-16.
[[nodiscard]] result<crypto::plain> passphrase_in(crypto::plain text, const std::string& file);

}  // namespace client

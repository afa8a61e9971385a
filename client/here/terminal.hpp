// Talking to the person at the terminal itself, whatever standard input and output are: passphrases unseen,
// and questions that need a yes.
#pragma once

#include <string>

#include "client/line/refusal.hpp"
#include "crypto/plain.hpp"

namespace client {

// Shows the question on /dev/tty and reads one line with the echo off. Refused without a terminal, with
// `instead` as the mend ("Use --passphrase-file FILE."), and where the line is empty.
[[nodiscard]] result<crypto::plain> ask_secret(const std::string& question, const std::string& instead);

// True only for a typed y or yes.
[[nodiscard]] result<bool> ask_yes(const std::string& question, const std::string& instead);

// --passphrase-file (the rules of a secret file; a byte order mark and one line end do not count), else the
// terminal. As it was typed: what opens a file tries its spellings (passphrase_spellings.hpp).
[[nodiscard]] result<crypto::plain> read_passphrase(const std::string& passphrase_file,
                                                    const std::string& question);

// The same for a file that is about to be made: in Unicode's form NFC; one of fewer bytes than this, or that
// is no UTF-8, is refused, and the terminal is asked twice.
inline constexpr std::size_t least_passphrase = 12;
[[nodiscard]] result<crypto::plain> new_passphrase(const std::string& passphrase_file,
                                                   const std::string& path);

}  // namespace client

// A secret under a passphrase: Argon2id, then XChaCha20-Poly1305. The text around it is the key file's,
// elsewhere.
#pragma once

#include <cstdint>
#include <expected>

#include "crypto/bytes.hpp"
#include "crypto/errc.hpp"
#include "crypto/plain.hpp"

namespace crypto {

struct passphrase_cost {
    std::uint64_t ops;
    std::uint64_t mem;  // bytes
};
inline constexpr passphrase_cost cost_interactive{2, 67108864};  // about 0.1 s: demonstrations, tests
inline constexpr passphrase_cost cost_moderate{3, 268435456};    // about 0.7 s: what people get

struct passphrase_box {
    passphrase_cost cost{};
    block<16> salt{};
    block<24> nonce{};
    bytes ciphertext;
};

// ad: the bytes of the file that are not secret yet must not be changed.
[[nodiscard]] passphrase_box seal_with_passphrase(const plain& secret, const plain& passphrase,
                                                  passphrase_cost cost, byte_view ad);
// bad_key_file for a cost outside 1…10 passes and 8 KiB…1 GiB (a hostile file must not eat the machine),
// wrong_passphrase where it does not open.
[[nodiscard]] std::expected<plain, errc> open_with_passphrase(const passphrase_box& box,
                                                              const plain& passphrase, byte_view ad);

}  // namespace crypto

// The vectors that an independent implementation of the protocol made (tests/vectors/vectors.json).
#pragma once

#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "crypto/bytes.hpp"
#include "crypto/encoding.hpp"

namespace vectors {

// One list of the file; throws where it is missing or empty, so that no loop over it passes by having
// nothing to do.
const boost::json::array& section(std::string_view name);

std::string text(const boost::json::value& entry, std::string_view name);
std::size_t number(const boost::json::value& entry, std::string_view name);
bool has(const boost::json::value& entry, std::string_view name);

crypto::bytes hex(const boost::json::value& entry, std::string_view name);
crypto::bytes b64u(const boost::json::value& entry, std::string_view name);
crypto::uuid id(const boost::json::value& entry);

// A fixed block or a secret from a hex member.
template <std::size_t N>
crypto::block<N> block(const boost::json::value& entry, std::string_view name) {
    return crypto::to_block<N>(hex(entry, name)).value();
}
template <class Secret>
Secret secret(const boost::json::value& entry, std::string_view name) {
    auto out = Secret::from(hex(entry, name));
    return std::move(out.value());
}

}  // namespace vectors

// A good document with some of its members changed: the way past a signature or a long list of members that
// must all be there.
#pragma once

#include <string>
#include <string_view>

#include "crypto/protocol/json.hpp"

// `base` with the members of the object in `text` put over its own, and without those that it names with a
// "-" before them. `text` itself where it is no object.
inline std::string overlaid(const protocol::json::object& base, std::string_view text) {
    const auto changes = protocol::parse_object(text);
    if (!changes) return std::string(text);
    protocol::json::object out(base);
    for (const auto& [name, value] : *changes) {
        if (name.starts_with('-'))
            out.erase(name.substr(1));
        else
            out[name] = value;
    }
    return protocol::to_text(out);
}

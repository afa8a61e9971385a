// The municipalities and codes as shipped, read once and held as the server holds them.
#pragma once

#include <memory>
#include <stdexcept>

#include "base/async/held.hpp"
#include "server/guide/codes.hpp"
#include "server/guide/handbook.hpp"
#include "server/guide/staffing.hpp"
#include "server/places/gemeenten.hpp"
#include "tests/checkout.hpp"

namespace shipped {

inline const async::held<guide::gemeenten>& gemeenten() {
    static const async::held<guide::gemeenten> held = [] {
        auto read = guide::gemeenten::load(checkout::schema);
        if (!read) throw std::runtime_error("schema/places cannot be read");
        return async::held<guide::gemeenten>(std::make_shared<const guide::gemeenten>(std::move(*read)));
    }();
    return held;
}

inline const async::held<guide::codes>& codes() {
    static const async::held<guide::codes> held = [] {
        auto read = guide::codes::load(checkout::schema);
        if (!read) throw std::runtime_error("schema/codes.json cannot be read");
        return async::held<guide::codes>(std::make_shared<const guide::codes>(std::move(*read)));
    }();
    return held;
}

inline const async::held<guide::staffing>& staffing() {
    static const async::held<guide::staffing> held = [] {
        auto read = guide::staffing::load(checkout::schema);
        if (!read) throw std::runtime_error("schema/bezetting.json cannot be read");
        return async::held<guide::staffing>(std::make_shared<const guide::staffing>(std::move(*read)));
    }();
    return held;
}

// With the entries that only demonstrations show.
inline const async::held<guide::handbook>& handbook() {
    static const async::held<guide::handbook> held = [] {
        auto read = guide::handbook::load(checkout::schema, *gemeenten().get(),
                                          *protocol::day::parse("2026-11-22"), true);
        std::string all;
        if (!read)
            for (const auto& fault : read.error()) all += text(fault) + "\n";
        if (!read) throw std::runtime_error(all);
        return async::held<guide::handbook>(std::move(*read));
    }();
    return held;
}

}  // namespace shipped

// find_place over the places as shipped, each municipality with the region that a directory signs.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "server/pages/places.hpp"
#include "tests/unit/guide/shipped.hpp"

namespace typed_place {

// The region of every municipality, as a directory signs it.
inline const protocol::routing_table& table() {
    static const auto read = [] {
        std::string rows;
        for (const auto& one : shipped::guide().all())
            rows += fmt::format(R"({}"{}":{{"regio":"{}"}})", rows.empty() ? "" : ",", one.code, one.loket);
        return protocol::routing_table::read(
                   R"({"versie":1,"datum":"2026-11-16","standaard":"landelijk","regels":[],"gemeenten":{)" +
                   rows + "}}")
            .value();
    }();
    return read;
}

inline pages::place find(std::string_view text, std::string_view answer = {}) {
    return pages::find_place(shipped::guide(), table(), text, answer);
}

inline std::string found(std::string_view text) {
    const auto place = find(text);
    CHECK_FALSE(place.open);
    CHECK_FALSE(place.ask);
    CHECK(place.offered.empty());
    return place.found ? place.found->weergave : "nothing";
}

inline std::set<std::string> codes(const std::vector<pages::offer>& list) {
    std::set<std::string> out;
    for (const auto& one : list) out.insert(one.gemeente->code);
    return out;
}

// Asked, with these offered.
inline std::set<std::string> offered(std::string_view text) {
    const auto place = find(text);
    CHECK(place.open);
    CHECK(place.ask);
    CHECK(place.found == nullptr);
    std::set<std::string> out;
    for (const auto& one : place.offered) out.insert(one.gemeente->weergave);
    CHECK(out.size() == place.offered.size());
    return out;
}

}  // namespace typed_place

// What a browser makes of a form of ours: the fields that it would post, and how they travel.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "server/http/form.hpp"

namespace typed {

using fields = std::vector<std::pair<std::string, std::string>>;

inline std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        if (plain)
            out += c;
        else if (c == ' ')
            out += '+';
        else
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

inline std::string body(const fields& all) {
    std::string out;
    for (const auto& [name, value] : all)
        out += (out.empty() ? "" : "&") + escaped(name) + "=" + escaped(value);
    return out;
}

inline http::form form(const fields& all) {
    const auto text = body(all);
    return http::form::parse(http::wiping_bytes(text.begin(), text.end()), 1000).value();
}

inline fields without(fields from, std::string_view name) {
    std::erase_if(from, [&](const auto& one) { return one.first == name; });
    return from;
}
// With this as the only answer to that question.
inline fields with(fields from, std::string name, std::string value) {
    auto out = without(std::move(from), name);
    out.emplace_back(std::move(name), std::move(value));
    return out;
}
inline fields and_also(fields from, std::string name, std::string value) {
    from.emplace_back(std::move(name), std::move(value));
    return from;
}
inline std::vector<std::string> values(const fields& from, std::string_view name) {
    std::vector<std::string> out;
    for (const auto& [key, value] : from)
        if (key == name) out.push_back(value);
    return out;
}
inline std::string value(const fields& from, std::string_view name) {
    const auto all = values(from, name);
    if (all.size() != 1) throw std::logic_error(fmt::format("{} stands there {} times", name, all.size()));
    return all.front();
}

// The report of somebody who saw something: only what is required.
inline fields least() {
    return {{"rol", "burger"},
            {"minderjarig", "nee"},
            {"vorm", "arbeid"},
            {"wat", "Vijf mannen slapen in de loods."}};
}

// Every question of everybody answered; each text with words that stand nowhere else.
inline fields full(std::string rol = "burger") {
    return {{"rol", std::move(rol)},
            {"minderjarig", "onbekend"},
            {"vorm", "seksueel"},
            {"vorm", "arbeid"},
            {"spoed", "ja"},
            {"plek", "haven"},
            {"plaats", "Rotterdam"},
            {"wat", "merk-wat <b>\"&'</b> {{taal}}\nline two"},
            {"wie", "merk-wie"},
            {"waar", "merk-waar"},
            {"wanneer", "merk-wanneer"},
            {"voertuigen", "merk-voertuigen"},
            {"online", "merk-online"},
            {"naam", "merk-naam"},
            {"telefoon", "merk-telefoon"},
            {"email", "merk-email"},
            {"veilig", "merk-veilig"},
            {"wens", "hulp"},
            {"wens", "gesprek"},
            {"politie", "liever-niet"}};
}

inline fields full_at_work() {
    auto out = full("professional");
    const fields work = {{"functie", "inspectie"},
                         {"organisatie", "merk-organisatie"},
                         {"toestemming", "niet-gevraagd"},
                         {"beroepsgeheim", "ja"},
                         {"grondslag", "vitaal-belang"}};
    out.insert(out.end(), work.begin(), work.end());
    return out;
}

}  // namespace typed

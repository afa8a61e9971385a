// Reads a page as a browser does, as far as our own templates go: which fields its form would post, and what
// it says.
#pragma once

#include <optional>

#include "tests/unit/pages/typed.hpp"

namespace shown {

inline std::string unescaped(std::string_view html) {
    constexpr std::pair<std::string_view, char> references[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    std::string out;
    while (!html.empty()) {
        const auto* found = std::find_if(std::begin(references), std::end(references),
                                         [&](const auto& one) { return html.starts_with(one.first); });
        const bool any = found != std::end(references);
        out += any ? found->second : html.front();
        html.remove_prefix(any ? found->first.size() : 1);
    }
    return out;
}

inline std::optional<std::string> attribute(std::string_view tag, std::string_view name) {
    const auto start = " " + std::string(name) + "=\"";
    const auto at = tag.find(start);
    if (at == tag.npos) return std::nullopt;
    const auto from = at + start.size();
    return unescaped(tag.substr(from, tag.find('"', from) - from));
}

// Every tag of that name, with what stands behind it up to the next "<".
inline std::vector<std::pair<std::string_view, std::string_view>> tags(std::string_view html,
                                                                       std::string_view name) {
    std::vector<std::pair<std::string_view, std::string_view>> out;
    const auto start = "<" + std::string(name) + " ";
    for (auto at = html.find(start); at != html.npos; at = html.find(start, at + 1)) {
        const auto end = html.find('>', at);
        out.emplace_back(html.substr(at, end - at), html.substr(end + 1, html.find('<', end) - end - 1));
    }
    return out;
}

// What the form of a page posts as it stands there, without any button.
inline typed::fields fields(std::string_view html) {
    typed::fields out;
    for (const auto& [tag, after] : tags(html, "input")) {
        const auto type = attribute(tag, "type").value();
        const bool box = type == "radio" || type == "checkbox";
        if (box && !tag.contains(" checked")) continue;
        out.emplace_back(attribute(tag, "name").value(), attribute(tag, "value").value());
    }
    for (const auto& [tag, text] : tags(html, "textarea"))
        out.emplace_back(attribute(tag, "name").value(), unescaped(text.substr(1)));  // the first line end
    return out;
}

inline typed::fields hidden(std::string_view html) {
    typed::fields out;
    for (const auto& [tag, after] : tags(html, "input"))
        if (attribute(tag, "type") == "hidden")
            out.emplace_back(attribute(tag, "name").value(), attribute(tag, "value").value());
    return out;
}

// The buttons that it has, without those of the languages.
inline typed::fields buttons(std::string_view html) {
    typed::fields out;
    for (const auto& [tag, after] : tags(html, "button"))
        if (!attribute(tag, "formaction"))
            out.emplace_back(attribute(tag, "name").value(), attribute(tag, "value").value());
    return out;
}

// The questions of the summary of faults, by their names, in its order.
inline std::vector<std::string> faults(std::string_view html) {
    std::vector<std::string> out;
    const auto from = html.find("baken-summary");
    if (from == html.npos) return out;
    const auto summary = html.substr(from, html.find("</ul>", from) - from);
    for (const auto& [tag, after] : tags(summary, "a"))
        out.push_back(attribute(tag, "href").value().substr(1));
    return out;
}

// The receipt that a page shows, its six groups with a blank between; empty where it shows none.
inline std::string receipt(std::string_view html) {
    const auto from = html.find("baken-receipt");
    if (from == html.npos) return {};
    auto rest = html.substr(from, html.find("</p>", from) - from);
    std::string out;
    for (auto at = rest.find("<span>"); at != rest.npos; at = rest.find("<span>", at + 1))
        out += (out.empty() ? "" : " ") + std::string(rest.substr(at + 6, rest.find("</span>", at) - at - 6));
    return out;
}

}  // namespace shown

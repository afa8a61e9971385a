// Any text as a template: it is compiled or refused, and where it is compiled no value that somebody typed
// stands in the page otherwise than escaped.
#include "server/html/page_template.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "tests/fuzz/target.hpp"

namespace {

using html::slot_kind;

constexpr std::array<html::slot, 1> leaf = {{{"d"}}};
constexpr std::array<html::slot, 3> item = {{{"c"}, {"g", slot_kind::flag}, {"m", slot_kind::list, leaf}}};
constexpr std::array<html::slot, 3> names = {{{"a"}, {"f", slot_kind::flag}, {"l", slot_kind::list, item}}};

// Uses every name, so that the text under test need not.
constexpr std::string_view page = "{{a}}{{#f}}{{/f}}{{#l}}{{c}}{{#g}}{{/g}}{{#m}}{{d}}{{/m}}{{/l}}{{>typed}}";

constexpr std::string_view typed = "\x01<\"'>&{{a}}</textarea>";
constexpr std::string_view escaped = "\x01&lt;&quot;&#39;&gt;&amp;{{a}}&lt;/textarea&gt;";

html::view given(std::string_view text, bool flag) {
    html::view out(names);
    out.text("a", text).flag("f", flag).list("l");
    for (const bool one : {false, true}) {
        auto& row = out.item("l").text("c", text).flag("g", one).list("m");
        if (one) row.item("m").text("d", text);
    }
    return out;
}

std::string render(const html::page_template& compiled, std::string_view text, bool flag) {
    std::string out;
    compiled.render(given(text, flag), out);
    return out;
}

std::ptrdiff_t markup(std::string_view text) {
    return std::ranges::count_if(text, [](char c) { return c == '<' || c == '>' || c == '"' || c == '\''; });
}

// Turned round where it has no slots; the same otherwise.
std::string translate(std::string_view, std::string_view phrase) {
    if (phrase.contains('{')) return std::string(phrase);
    return {phrase.rbegin(), phrase.rend()};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::array<html::template_source, 3> sources = {
        {{"page", page}, {"typed", text}, {"part", "<p title=\"{{a}}\">\n{{! a part }}\n{{a}}</p>\n"}}};
    const auto compiled = html::page_template::compile(sources, "page", names, translate);
    if (!compiled) {
        must(!compiled.error().empty() && compiled.error().size() <= 50);
        for (const auto& fault : compiled.error()) must(!html::text(fault).empty());
        return 0;
    }
    if (text.contains('\x01')) return 0;  // that is how values are told apart here
    for (const bool flag : {false, true}) {
        const auto out = render(*compiled, typed, flag);
        for (auto at = out.find('\x01'); at != out.npos; at = out.find('\x01', at + 1))
            must(std::string_view(out).substr(at).starts_with(escaped));
        must(markup(out) == markup(render(*compiled, "x", flag)));
    }
    return 0;
}

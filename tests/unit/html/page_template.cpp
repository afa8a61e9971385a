// What a template renders, and that nothing of what a view holds becomes markup. What a template may not be
// is in template_faults.cpp.
#include "server/html/page_template.hpp"

#include <array>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

using html::page_template;
using html::slot_kind;
using html::view;

namespace {

constexpr std::array<html::slot, 1> leaf = {{{"d"}}};
constexpr std::array<html::slot, 3> item = {{{"c"}, {"g", slot_kind::flag}, {"m", slot_kind::list, leaf}}};
constexpr std::array<html::slot, 4> names = {
    {{"a"}, {"b"}, {"f", slot_kind::flag}, {"l", slot_kind::list, item}}};

// Uses every name and shows nothing.
constexpr std::string_view all =
    "{{#f}}{{a}}{{b}}{{/f}}{{#l}}{{#g}}{{/g}}{{#f}}{{c}}{{#m}}{{d}}{{/m}}{{/f}}{{/l}}";

std::string shout(std::string_view, std::string_view phrase) { return std::string(phrase) + "!"; }

page_template compile(std::string_view text, std::vector<html::template_source> more = {},
                      const html::translation& translate = shout) {
    const auto page = std::string(text) + "{{>all}}";
    more.push_back({"page", page});
    more.push_back({"all", all});
    auto compiled = page_template::compile(more, "page", names, translate);
    if (!compiled)
        for (const auto& fault : compiled.error()) UNSCOPED_INFO(html::text(fault));
    REQUIRE(compiled);
    return std::move(*compiled);
}

view given(std::string_view a = "een", std::string_view b = "twee") {
    view out(names);
    out.text("a", a).text("b", b).flag("f", false).list("l");
    return out;
}

view& add(view& to, std::string_view c, bool g = false) {
    return to.item("l").text("c", c).flag("g", g).list("m");
}

std::string render(std::string_view text, const view& view) {
    std::string out;
    compile(text).render(view, out);
    return out;
}

}  // namespace

TEST_CASE("a slot of a phrase that no scope has is the template of its name, marked up, wherever it stands") {
    const std::vector<html::template_source> pieces = {
        {"number.html", "<a href=\"tel:{{b}}\"><b>{{b}}</b></a>\n"}, {"a.html", "never"}};
    std::string out;
    compile("{{_ \"c\" \"Call {number}.\"}} {{_ \"c\" \"{a}\"}}", pieces).render(given("<", "112"), out);
    CHECK(out == "Call <a href=\"tel:112\"><b>112</b></a>.! &lt;!");
    out.clear();
    compile("{{_ \"c\" \"Call {number}.\"}}", pieces, [](auto, auto) {
        return std::string("{number} bellen.");
    }).render(given("<", "112"), out);
    CHECK(out == "<a href=\"tel:112\"><b>112</b></a> bellen.");
}

TEST_CASE("a slot becomes its text, and what is literal stays") {
    CHECK(render("<p>{{a}} &amp; {{b}}{{a}}</p>\n", given()) == "<p>een &amp; tweeeen</p>\n");
    CHECK(render("<p>} { }} é</p>", given()) == "<p>} { }} é</p>");
    CHECK(render("", given()).empty());
    std::string page = "before";
    compile("<p>{{a}}</p>").render(given(), page);
    CHECK(page == "before<p>een</p>");
}

TEST_CASE("no text becomes markup, between tags, in an attribute, a title or a textarea") {
    struct row {
        std::string typed;
        std::string escaped;
    };
    const std::vector<row> rows = {
        {"{{a}}", "{{a}}"},
        {"{{>all}}", "{{&gt;all}}"},
        {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
        {"\" onclick=\"x", "&quot; onclick=&quot;x"},
        {"' autofocus '", "&#39; autofocus &#39;"},
        {"&lt;", "&amp;lt;"},
        {"</textarea></title>", "&lt;/textarea&gt;&lt;/title&gt;"},
        {"<!--", "&lt;!--"},
        {"a\n\tb", "a\n\tb"},
        {"\xe2\x80\xae\xe2\x81\xa6 \xd8\xa7", "\xe2\x80\xae\xe2\x81\xa6 \xd8\xa7"},
        {"", ""},
    };
    for (const auto& row : rows) {
        CAPTURE(row.typed);
        const auto view = given(row.typed);
        CHECK(render("<p>{{a}}</p>", view) == "<p>" + row.escaped + "</p>");
        CHECK(render("<p title=\"-{{a}}\">", view) == "<p title=\"-" + row.escaped + "\">");
        CHECK(render("<a href=\"/x?{{a}}\">", view) == "<a href=\"/x?" + row.escaped + "\">");
        CHECK(render("<title>{{a}}</title>", view) == "<title>" + row.escaped + "</title>");
        CHECK(render("<textarea>{{a}}</textarea>", view) == "<textarea>" + row.escaped + "</textarea>");
    }
}

TEST_CASE("a section stands where its flag is set, and once for every item of its list") {
    constexpr std::string_view page =
        "{{#f}}yes{{/f}}{{^f}}no{{/f}}:{{#l}}[{{c}}{{#g}}+{{/g}}{{^g}}-{{/g}}]{{/l}}{{^l}}none{{/l}}";
    auto view = given();
    CHECK(render(page, view) == "no:none");
    add(view, "x");
    add(view, "<", true);
    CHECK(render(page, view) == "no:[x-][&lt;+]");
    view.flag("f");
    CHECK(render("{{#f}}yes{{/f}}{{^f}}no{{/f}}", view).starts_with("yes"));
}

TEST_CASE("an item sees what is around its list, and its own names first") {
    auto view = given("A");
    auto& first = add(view, "1");
    first.item("m").text("d", "x");
    first.item("m").text("d", "y");
    add(view, "2", true);
    CHECK(render("{{#l}}({{#m}}{{d}}{{c}}{{a}}{{#g}}!{{/g}} {{/m}}{{^m}}{{c}}{{a}}{{/m}}){{/l}}", view) ==
          "(x1A y1A )(2A)");
    static constexpr std::array<html::slot, 1> inner = {{{"naam"}}};
    static constexpr std::array<html::slot, 2> outer = {{{"naam"}, {"rij", slot_kind::list, inner}}};
    const std::vector<html::template_source> sources = {{"p", "{{naam}}{{#rij}}{{naam}}{{/rij}}{{naam}}"}};
    const auto compiled = page_template::compile(sources, "p", outer, shout);
    REQUIRE(compiled);
    html::view page(outer);
    page.text("naam", "o").item("rij").text("naam", "i");
    std::string out;
    compiled->render(page, out);
    CHECK(out == "oio");
}

TEST_CASE("a section may add an attribute or a part of a value") {
    constexpr std::string_view page =
        "<input{{#f}} checked{{/f}} class=\"x{{#f}} y{{/f}}{{^f}} z{{/f}}\"{{#f}} title=\"{{a}}\"{{/f}}>";
    auto view = given();
    CHECK(render(page, view) == "<input class=\"x z\">");
    view.flag("f");
    CHECK(render(page, view).starts_with("<input checked class=\"x y\" title=\"een\">"));
    CHECK(render("<input {{#f}}checked {{/f}}type=\"radio\">", view)
              .starts_with("<input checked type=\"radio\">"));
}

TEST_CASE("an included template stands where its mark is, also in a section and an attribute") {
    auto view = given();
    add(view, "1");
    add(view, "2");
    std::string out;
    compile("<p class=\"{{>class}}\">{{>name}}{{#l}}{{>row}}{{/l}}</p>",
            {{"class", "big {{b}}"}, {"name", "{{a}}"}, {"row", "<b>{{c}}{{>name}}</b>"}})
        .render(view, out);
    CHECK(out == "<p class=\"big twee\">een<b>1een</b><b>2een</b></p>");
}

TEST_CASE("a phrase is translated when it is compiled, escaped, and has slots") {
    std::string asked;
    const html::translation translate = [&](std::string_view context, std::string_view phrase) {
        asked += std::string(context) + "|" + std::string(phrase) + "\n";
        if (phrase == "Hello {a}, {b}") return std::string("{b} \"{a}\" & <{b}>");
        return std::string("<b>'fijn'</b>");
    };
    const auto page = compile(
        "{{_ \"begroeting\" \"Hello {a}, {b}\" \"a note with {c}\"}}/<p title=\"{{_ \"x\" \"\\\"Fine\\\" "
        "\\\\\"}}\">",
        {}, translate);
    CHECK(asked == "begroeting|Hello {a}, {b}\nx|\"Fine\" \\\n");
    std::string out;
    page.render(given("<i>", "{a}"), out);
    CHECK(out ==
          "{a} &quot;&lt;i&gt;&quot; &amp; &lt;{a}&gt;/<p title=\"&lt;b&gt;&#39;fijn&#39;&lt;/b&gt;\">");
}

TEST_CASE("words in another language than the page say so between tags, and nowhere else") {
    const html::translation foreign = [](std::string_view, std::string_view phrase) {
        return html::translated(std::string(phrase), phrase == "ours" ? "" : "e<n");
    };
    const auto page = compile(
        "<title>{{_ \"x\" \"T\"}}{{a}}</title><p title=\"{{_ \"x\" \"A\"}}{{a}}\">{{_ \"x\" \"ours\"}} {{a}} "
        "{{b}}</p>"
        "{{#f}}{{_ \"x\" \"<{a}>\"}}{{/f}}",
        {}, foreign);
    auto view = given();
    view.text("a", html::spoken{.text = "<1>", .language = "en"}).text("b", html::spoken{.text = "2"});
    std::string out;
    page.render(view, out);
    CHECK(out ==
          "<title>T&lt;1&gt;</title><p title=\"A&lt;1&gt;\">ours <span lang=\"en\" "
          "dir=\"auto\">&lt;1&gt;</span> 2</p>");
    out.clear();
    page.render(view.flag("f").text("a", "own"), out);
    CHECK(out.contains("ours own 2"));
    CHECK(out.contains("</p><span lang=\"e&lt;n\" dir=\"auto\">&lt;own&gt;</span>"));
}

TEST_CASE("a line with nothing but sections, includes and remarks leaves no line behind") {
    auto view = given();
    add(view, "1");
    add(view, "2");
    CHECK(render("<ul>\n  {{! a list\n     of things }}\n  {{#l}}\n  <li>{{c}}</li>\n  {{/l}}\n</ul>\n",
                 view) == "<ul>\n  <li>1</li>\n  <li>2</li>\n</ul>\n");
    CHECK(render("x\r\n{{#f}}\r\ny\r\n{{/f}}\r\nz\r\n", view) == "x\r\nz\r\n");
    CHECK(render("x\n {{#f}} {{/f}}{{^f}}\t{{/f}} \ny", view) == "x\ny");
    CHECK(render("x\n\n  \ny", view) == "x\n\n  \ny");
    CHECK(render("x\n {{a}}\n", view) == "x\n een\n");
    CHECK(render("x {{! seen }}\n {{^f}}y{{/f}}\n", view) == "x \n y\n");
    std::string out;
    compile("a\n  {{>part}}\nb\n", {{"part", "{{! about }}\npart\n"}}).render(view, out);
    CHECK(out == "a\npart\nb\n");
}

TEST_CASE("a view that lacks something, or is of another page, is our bug, and nothing is rendered") {
    const auto page = compile("<p>{{a}}</p>");
    std::string out = "before";
    const auto refused = [&](const view& view) {
        CHECK_THROWS_AS(page.render(view, out), std::logic_error);
        CHECK(out == "before");
    };
    refused(view(names));
    view missing(names);
    refused(missing.text("a", "").text("b", "").flag("f"));
    refused(missing.text("b", "").list("l").item("l").text("c", ""));
    view no_flag(names);
    refused(no_flag.text("a", "").text("b", "").list("l"));
    auto item_lacks = given();
    item_lacks.item("l").text("c", "").flag("g");
    refused(item_lacks);
    refused(view(item));
    page.render(given(), out);
    CHECK(out == "before<p>een</p>");
}

TEST_CASE("no text makes an address that of another host") {
    const auto page = compile("<a href=\"/{{a}}{{b}}/x\">");
    for (const auto* bad : {"", "/evil.example", "\\evil.example", "\t/evil.example", "\n", "\r/"}) {
        std::string out;
        CHECK_THROWS_AS(page.render(given(bad), out), std::logic_error);
        CHECK(out.empty());
    }
    std::string out;
    page.render(given("nl", "/melden"), out);
    CHECK(out == "<a href=\"/nl/melden/x\">");
    CHECK(render("<a href=\"#{{a}}\">", given("//x")) == "<a href=\"#//x\">");
}

TEST_CASE("a page is as long as its memory") {
    const std::string long_text(100'000, '&');
    std::string out;
    compile("<p title=\"{{a}}\">{{a}}</p>").render(given(long_text), out);
    CHECK(out.size() == 1'000'000 + 16);
    CHECK(out.capacity() == out.size());
}

// What a template may not be, each with its line.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "server/html/page_template.hpp"

using html::page_template;
using html::slot_kind;
using html::template_source;

namespace {

constexpr std::array<html::slot, 1> item = {{{"c"}}};
constexpr std::array<html::slot, 4> names = {
    {{"a"}, {"f", slot_kind::flag}, {"l", slot_kind::list, item}, {"n", slot_kind::list, item}}};

std::string same(std::string_view, std::string_view phrase) { return std::string(phrase); }

std::vector<std::string> faults(const std::vector<template_source>& sources, html::shape shape = names,
                                const html::translation& translate = same) {
    std::vector<std::string> out;
    const auto compiled = page_template::compile(sources, "page", shape, translate);
    if (compiled) return out;
    for (const auto& fault : compiled.error()) out.push_back(html::text(fault));
    return out;
}

struct row {
    std::string page;   // behind a line that uses every name
    std::string fault;  // how the only one begins
};

void check(const std::vector<row>& rows) {
    for (const auto& row : rows) {
        CAPTURE(row.page);
        const auto text = "{{a}}{{#f}}{{/f}}{{#l}}{{c}}{{/l}}{{#n}}{{/n}}\n" + row.page;
        const auto found = faults({{"page", text}});
        for (const auto& fault : found) UNSCOPED_INFO(fault);
        REQUIRE(found.size() == 1);
        CHECK(found[0].starts_with(row.fault));
    }
}

}  // namespace

TEST_CASE("names must be those of the scope, and of their kind") {
    check({
        {"<p>\n{{x}}", "page:3: no name here: \"x\""},
        {"{{c}}", "page:2: no name here: \"c\""},
        {"{{#x}}{{/x}}", "page:2: no name here: \"x\""},
        {"{{#l}}{{#n}}\n{{x}}{{/n}}{{/l}}", "page:3: no name here: \"x\""},
        {"{{^l}}{{c}}{{/l}}", "page:2: no name here: \"c\""},
        {"{{f}}", "page:2: \"f\" is a flag or a list"},
        {"{{l}}", "page:2: \"l\" is a flag or a list"},
        {"{{#a}}{{/a}}", "page:2: \"a\" is a text"},
        {"{{^a}}{{/a}}", "page:2: \"a\" is a text"},
        {"{{#l}}\n{{#f}}{{#l}}{{/l}}{{/f}}{{/l}}", "page:3: \"l\" stands within itself"},
        {"{{_ \"x\" \"y {z}\"}}", "page:2: no name here: \"z\""},
        {"{{_ \"x\" \"y {f}\"}}", "page:2: \"f\" is a flag or a list"},
    });
}

TEST_CASE("sections are closed in the order they were opened, in the same template") {
    check({
        {"{{#f}}\n", "page:2: \"f\" is not closed"},
        {"{{/f}}", "page:2: \"f\" is closed, and not open"},
        {"\n{{#f}}\n{{#l}}{{/f}}", "page:4: \"l\" is not closed before \"f\""},
        {"{{#f}}{{/f}}\n{{/l}}", "page:3: \"l\" is closed, and not open"},
    });
    CHECK(faults({{"page", "{{a}}{{#f}}{{>b}}{{#n}}{{/n}}{{#l}}{{c}}{{/l}}{{/f}}"}, {"b", "\n{{/f}}"}}) ==
          std::vector<std::string>{"b:2: \"f\" is closed, and not open"});
}

TEST_CASE("between {{ and }} stands nothing else") {
    check({
        {"{{}}", "page:2: this is nothing"},
        {"{{ a }}", "page:2: this is nothing"},
        {"\n{{&a}}", "page:3: this is nothing"},
        {"{{{a}}}", "page:2: this is nothing"},
        {"{{#}}", "page:2: this is nothing"},
        {"{{a.b}}", "page:2: this is nothing"},
        {"{{>}}", "page:2: this is nothing"},
        {"{{a\n", "page:2: a {{ without its }}"},
        {"{{! {{a}}", "page:2: a {{ without its }}"},
        {"{{! a\nb }}{{=}}", "page:3: this is nothing"},
        {"{{_ \"x\"}}", "page:2: a phrase is written"},
        {"{{_ \"x\" \"y}}", "page:2: a phrase is written"},
        {"{{_ x \"y\"}}", "page:2: a phrase is written"},
        {"{{_ \"x\"\"y\"}}", "page:2: a phrase is written"},
        {"{{_ \"x\" \"y\" z}}", "page:2: a phrase is written"},
        {"{{_ \"x\" \"\"}}", "page:2: a phrase is written"},
        {"{{_ \"x\" \"{\"}}", "page:2: a brace in a phrase"},
        {"{{_ \"x\" \"{b c}\"}}", "page:2: a brace in a phrase"},
        {"{{_ \"x\" \"}\"}}", "page:2: a brace in a phrase"},
    });
}

TEST_CASE("a slot stands in text and in double quotes, and nowhere else") {
    check({
        {"<{{a}}>", "page:2: a mark in a tag's name"},
        {"</{{a}}>", "page:2: a mark in a tag's name"},
        {"<p{{a}}>", "page:2: a mark in a tag's name"},
        {"<p\n {{a}}>", "page:3: a mark in an attribute's name"},
        {"<p x{{a}}=\"\">", "page:2: a mark in an attribute's name"},
        {"<p x {{a}}>", "page:2: a mark in an attribute's name"},
        {"<p x=\"\"{{a}}>", "page:2: a mark in an attribute's name"},
        {"<p x={{a}}>", "page:2: a mark in an attribute without double quotes"},
        {"<p x=y{{a}}>", "page:2: a mark in an attribute without double quotes"},
        {"<p x='{{a}}'>", "page:2: a mark in an attribute without double quotes"},
        {"<!-- {{a}} -->", "page:2: a mark in a comment"},
        {"<!-- --{{a}}-->", "page:2: a mark in a comment"},
        {"<!doctype {{a}}>", "page:2: a mark in a comment or a doctype"},
        {"<!{{a}}-->\n", "page:2: a mark in a comment or a doctype"},
        {"<script>\n{{a}}</script>", "page:3: a mark in a script"},
        {"<SCRIPT a=\"b\">x('</p>{{a}}')</Script >", "page:2: a mark in a script"},
        {"<style>{{_ \"x\" \"y\"}}</style>", "page:2: a mark in a script"},
        {"<style>{{#f}}p{}{{/f}}</style>", "page:2: a mark in a script"},
        {"<iframe>{{a}}</iframe>", "page:2: a mark in a script"},
        {"<p onclick=\"x({{a}})\">", "page:2: a slot in an attribute that holds a script"},
        {"<p style=\"color: {{a}}\">", "page:2: a slot in an attribute that holds a script"},
        {"<img srcset=\"/a {{a}}\">", "page:2: a slot in an attribute that holds a script"},
        {"<textarea><{{a}}></textarea>", "page:2: a mark behind what may be the beginning of an end tag"},
        {"<title>{{#f}}</title{{/f}}></title>", "page:2: a section ends in another place"},
    });
}

TEST_CASE("a slot in an address stands behind a literal that keeps it with this host") {
    check({
        {"<a href=\"{{a}}\">", "page:2: a slot in an address"},
        {"<a HREF = \"\n{{a}}\">", "page:3: a slot in an address"},
        {"<a href=\"x{{a}}\">", "page:2: a slot in an address"},
        {"<a href=\"tel{{a}}\">", "page:2: a slot in an address"},
        {"<a href=\"telx:{{a}}\">", "page:2: a slot in an address"},
        {"<a href=\" tel:{{a}}\">", "page:2: a slot in an address"},
        {"<a href=\"{{#f}}tel:{{/f}}{{a}}\">", "page:2: a slot in an address"},
        {"<a href=\"t{{#f}}el{{/f}}:{{a}}\">", "page:2: a slot in an address"},
        {"<a href=\"https://x/{{a}}\">", "page:2: a slot in an address"},
        {"<a href=\"//{{a}}\">", "page:2: a slot in an address"},
        {"<a href=\"/\\{{a}}\">", "page:2: a slot in an address"},
        {"<a href=\" /{{a}}\">", "page:2: a slot in an address"},
        {"<a href=\"{{#f}}/x{{/f}}{{a}}\">", "page:2: a slot in an address"},
        {"<a href=\"{{#f}}javascript:{{/f}}/{{a}}\">", "page:2: a slot in an address"},
        {"<a href=\"{{#f}}/{{/f}}/{{a}}\">", "page:2: a slot in an address"},
        {"<a href=\"{{#l}}/{{#f}}{{c}}{{/f}}{{/l}}\">", "page:2: a slot in an address"},
        {"<a href=\"/{{#l}}{{c}}{{/l}}\">", "page:2: a slot in an address"},
        {"<img src=\"{{a}}\">", "page:2: a slot in an address"},
        {"<form action=\"{{a}}\">", "page:2: a slot in an address"},
        {"<button formaction=\"{{a}}\">", "page:2: a slot in an address"},
        {"<a href=\"/{{_ \"x\" \"y\"}}\">", "page:2: an address is not translated"},
    });
}

TEST_CASE("a section ends where it begins") {
    check({
        {"{{#f}}<p{{/f}}>", "page:2: a section ends in another place"},
        {"<p{{#f}}>\n{{/f}}", "page:3: a section ends in another place"},
        {"<p{{#f}}><b{{/f}}>", "page:2: a section ends in another place"},
        {"<p x={{#f}}\"y\"{{/f}}>", "page:2: a mark in an attribute without double quotes"},
        {"<p x=\"{{#f}}\" y=\"{{/f}}\">", "page:2: a section ends in another place"},
        {"{{#f}}<textarea>{{/f}}</textarea>", "page:2: a section ends in another place"},
        {"{{#f}}<textarea>\n{{/f}}</textarea>", "page:3: a section ends in another place"},
        {"<p{{#f}}x{{/f}}>", "page:2: white space is missing"},
        {"<p{{#f}} x{{/f}}y>", "page:2: white space is missing"},
        {"<p {{#f}}x{{/f}}{{^f}}y{{/f}}>", "page:2: white space is missing"},
    });
}

TEST_CASE("a browser has nothing to guess at") {
    check({
        {"<p class=\"a>\nb</p>", "page:2: a double quote is missing"},
        {"<p class=a\">", "page:2: a double quote is missing"},
        {"<p a\"b>", "page:2: a double quote is missing"},
        {"<p class=\"a\"id=\"b\">", "page:2: white space is missing"},
        {"<p class=>", "page:2: an attribute has \"=\" and no value"},
        {"<p =a>", "page:2: an attribute without a name"},
        {"1 < 2", "page:2: a \"<\" that begins no tag"},
        {"<p<b>", "page:2: this cannot stand in a tag's name"},
        {"<!elem>", "page:2: behind \"<!\" comes"},
        {"<!-- --!> -->", "page:2: a comment may not"},
        {"<script><!-- </script>", "page:2: a comment in a script"},
        {"<p", "page: the page ends inside a tag"},
        {"<!-- ->", "page: the page ends inside a tag"},
        {"<script></p>", "page: the page ends inside a tag"},
    });
}

TEST_CASE("what is well-formed has no faults") {
    for (const auto* page :
         {"<!doctype html>\n<html lang=\"{{a}}\"><br /><br/>", "<!-- a - -- > b --><!--><!---><p>{{a}}",
          "<script src=\"/x.js\"></script>{{a}}", "<script>a < b && '</p>'</script\n>{{a}}",
          "<textarea\n>\n{{a}}</tex></textarea>", "<input disabled value='x' type=text>{{a}}",
          "<p title = \"{{a}}\"\n\tid=\"b\"></p >", "<a href=\"/{{a}}/x/{{a}}\" data-x=\"{{a}}\">",
          "<a href=\"tel:{{a}}\">", "<a href=\"{{#f}}/x{{/f}}{{^f}}https://x/{{/f}}\">{{a}}",
          "<p{{#l}} data-x=\"{{c}}\"{{/l}}>{{a}}", "<p {{#f}}{{#l}}a{{/l}}{{/f}} b>{{a}}",
          "{{#l}}{{#n}}{{c}}{{/n}}{{/l}}{{a}}", "<a href=\"/x{{#l}}/{{c}}{{/l}}\">{{a}}"}) {
        CAPTURE(page);
        const auto text = std::string(page) + "{{#f}}{{/f}}{{#l}}{{c}}{{/l}}{{#n}}{{/n}}";
        CHECK(faults({{"page", text}}) == std::vector<std::string>{});
    }
}

TEST_CASE("includes must be there, and not within themselves") {
    using list = std::vector<std::string>;
    CHECK(faults({}, {}) == list{"page: there is no template \"page\""});
    CHECK(faults({{"page", "\n{{>x.html}}"}}, {}) == list{"page:2: there is no template \"x.html\""});
    CHECK(faults({{"page", "{{>page}}"}}, {}) == list{"page:1: \"page\" includes itself"});
    CHECK(faults({{"page", "{{>b}}"}, {"b", "\n\n{{>c}}"}, {"c", "{{>b}}"}}, {}) ==
          list{"c:1: \"b\" includes itself"});
    CHECK(faults({{"page", "{{>b}}{{>b}}"}, {"b", "b"}}, {}).empty());
    CHECK(faults({{"page", "<p class=\"{{>b}}"}, {"b", "\nx\">\n{{x}}"}}, {}) ==
          list{"b:3: no name here: \"x\""});
}

TEST_CASE("a name that no template uses is a fault") {
    CHECK(faults({{"page", "{{#l}}{{/l}}{{^n}}{{/n}}"}}) ==
          std::vector<std::string>{"page: \"a\" is used nowhere", "page: \"f\" is used nowhere",
                                   "page: \"l.c\" is used nowhere", "page: \"n.c\" is used nowhere"});
}

TEST_CASE("a translation has the slots of its phrase") {
    static constexpr std::array<html::slot, 2> shape = {{{"a"}, {"b"}}};
    const std::vector<template_source> sources = {{"page", "\n{{_ \"x\" \"{a} and {b}\"}}"}};
    const auto with = [&](std::string translated) {
        return faults(sources, shape, [&](std::string_view, std::string_view) { return translated; });
    };
    for (const auto* good : {"{b}{a}", "{a} {b} {a}"}) CHECK(with(good).empty());
    for (const auto* bad : {"", "{a}", "{a} {b} {c}", "{a} {b} {", "{a} {b} }", "{a} {B}", "{{a}} {b}"}) {
        CAPTURE(bad);
        const auto found = with(bad);
        REQUIRE_FALSE(found.empty());
        CHECK(found[0].starts_with("page:2: the translation has other slots than the phrase"));
    }
}

TEST_CASE("all faults come at once, each once, up to fifty") {
    std::string many;
    for (int n = 0; n < 100; ++n) many += "{{x}}{{x}}\n";
    const auto found = faults({{"page", many}}, {});
    CHECK(found.size() == 50);
    CHECK(found.front() == "page:1: no name here: \"x\"");
    CHECK(found.back() == "page:50: no name here: \"x\"");
    CHECK(faults({{"page", "{{>b}}{{>b}}"}, {"b", "{{x}}"}}, {}).size() == 1);
}

// What a view takes, and what it refuses as our bug.
#include "server/html/view.hpp"

#include <array>
#include <stdexcept>
#include <string>
#include <utility>

#include <catch2/catch.hpp>

using html::slot_kind;

namespace {

constexpr std::array<html::slot, 1> row = {{{"tekst"}}};
constexpr std::array<html::slot, 3> page = {
    {{"titel"}, {"fout", slot_kind::flag}, {"rijen", slot_kind::list, row}}};

}  // namespace

TEST_CASE("a view has what it was given, by its place in the shape") {
    html::view view(page);
    CHECK_FALSE(view.at(0).given);
    view.text("titel", "eerst").text("titel", "daarna").flag("fout");
    CHECK(view.at(0).given);
    CHECK(view.at(0).text == "daarna");
    CHECK(view.at(1).flag);
    CHECK_FALSE(view.flag("fout", false).at(1).flag);
    CHECK(view.at(1).given);
    CHECK_FALSE(view.at(2).given);
    CHECK(view.shape().data() == page.data());
}

TEST_CASE("a view holds the text itself, not a copy") {
    const std::string typed = "wat iemand schreef";
    html::view view(page);
    view.text("titel", typed);
    CHECK(view.at(0).text.data() == typed.data());
}

TEST_CASE("a list is given by being named or by an item, and items stay where they are") {
    html::view view(page);
    view.list("rijen");
    CHECK(view.at(2).given);
    CHECK(view.at(2).items.empty());
    auto& first = view.item("rijen");
    for (int n = 0; n < 1000; ++n) view.item("rijen").text("tekst", "later");
    first.text("tekst", "eerst");
    view.list("rijen");
    CHECK(view.at(2).items.size() == 1001);
    CHECK(view.at(2).items.front().at(0).text == "eerst");
    auto moved = std::move(view);
    CHECK(&moved.at(2).items.front() == &first);
    html::view other(page);
    other.item("rijen");
    CHECK(other.at(2).given);
}

TEST_CASE("a name that is not there, or of another kind, is our bug") {
    html::view view(page);
    CHECK_THROWS_AS(view.text("rijen", ""), std::logic_error);
    CHECK_THROWS_AS(view.text("fout", ""), std::logic_error);
    CHECK_THROWS_AS(view.text("tekst", ""), std::logic_error);
    CHECK_THROWS_AS(view.flag("titel"), std::logic_error);
    CHECK_THROWS_AS(view.flag(""), std::logic_error);
    CHECK_THROWS_AS(view.list("titel"), std::logic_error);
    CHECK_THROWS_AS(view.item("fout"), std::logic_error);
    CHECK_THROWS_AS(view.item("rijen").text("titel", ""), std::logic_error);
}

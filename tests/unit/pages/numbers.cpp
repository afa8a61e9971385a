// Whom one can call, on top of every page: as the guide's data has it today.
#include <catch2/catch.hpp>

#include "tests/unit/pages/site.hpp"

using site::says;

namespace {

// The shipped data with another number in the place of one.
std::shared_ptr<const guide::handbook> with_number(const std::string& from, const std::string& to) {
    std::ifstream in(std::string(BAKEN_SCHEMA) + "/wegwijzer/organisaties.toml", std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto at = text.find("\"" + from + "\"");
    REQUIRE(at != std::string::npos);
    text.replace(at + 1, from.size(), to);
    const scratch own;
    std::filesystem::create_directories(std::filesystem::path(own.path) / "wegwijzer");
    own.write("wegwijzer/organisaties.toml", text);
    return guide::handbook::load({BAKEN_SCHEMA, own.path}, *site::gemeenten().get(),
                                 *protocol::day::parse("2026-11-22"), true)
        .value();
}

constexpr auto everywhere = {"/en", "/en/melden", "/en/wegwijzer", "/en/hulp", "/en/signalen", "/en/nowhere"};

}  // namespace

TEST_CASE("a number that was changed in the data is changed on every page") {
    site::server server;
    async::held<guide::handbook> told(site::handbook().get());
    server.open_pages(*server.store, *server.registry, {"en"}, told);
    for (const auto* path : everywhere) CHECK(says(server.get(path), "tel:08002000"));
    told.set(with_number("0800-2000", "0800-2001"));
    for (const auto* path : everywhere) {
        CAPTURE(path);
        const auto page = server.get(path);
        CHECK(says(page, "href=\"tel:08002001\"><bdi>0800-2001</bdi>"));
        CHECK_FALSE(says(page, "2000</bdi>"));
    }
}

TEST_CASE("a number that nobody verified for a year goes, but for those of day and night") {
    site::server server;
    CHECK(says(server.get("/en"), "0800-0188"));
    server.clock.at += 400 * 86400;
    const auto page = server.get("/en");
    for (const auto* gone : {"0800-0188", "0800-0432", "0900-8844"}) CHECK_FALSE(says(page, gone));
    CHECK(says(page, "tel:112"));
    CHECK(says(page, "0800-2000"));
}

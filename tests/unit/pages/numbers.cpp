// Whom one can call, on top of every page: as the guide's data has it today.
#include <atomic>
#include <latch>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/unit/pages/changed_guide.hpp"

using site::says;

namespace {

constexpr auto everywhere = {"/en", "/en/melden", "/en/wegwijzer", "/en/hulp", "/en/signalen", "/en/nowhere"};

}  // namespace

TEST_CASE("a number that was changed in the data is changed on every page") {
    site::server server;
    async::held<guide::handbook> told(site::handbook().get());
    server.open_pages(*server.store, *server.registry, {"en"}, told);
    for (const auto* path : everywhere) CHECK(says(server.get(path), "tel:08002000"));
    told.set(site::guide_with("organisaties", "\"0800-2000\"", "\"0800-2001\""));
    for (const auto* path : everywhere) {
        CAPTURE(path);
        const auto page = server.get(path);
        CHECK(says(page, "href=\"tel:08002001\"><bdi>0800-2001</bdi>"));
        CHECK_FALSE(says(page, "2000</bdi>"));
    }
}

TEST_CASE(
    "while the pages are made again others get those of before; a reload makes them before anybody asks") {
    site::server server;
    async::held<guide::handbook> told(site::handbook().get());
    server.open_pages(*server.store, *server.registry, {"en"}, told);
    told.set(site::guide_with("organisaties", "\"0800-2000\"", "\"0800-2001\""));
    std::atomic<int> before = 0, after = 0;
    {
        std::latch together(8);
        std::vector<std::jthread> askers;
        for (int i = 0; i < 8; ++i)
            askers.emplace_back([&] {
                together.arrive_and_wait();
                // Whole in either case: the old number alone, or the new one alone.
                const auto page = server.get("/en/wegwijzer");
                const bool old = page.content().contains("tel:08002000"),
                           fresh = page.content().contains("tel:08002001");
                before += old && !fresh;
                after += fresh && !old;
            });
    }
    CHECK(before + after == 8);
    CHECK(after >= 1);
    CHECK(says(server.get("/en/hulp"), "tel:08002001"));
    told.set(site::guide_with("organisaties", "\"0800-2000\"", "\"0800-2002\""));
    server.pages->renew();
    CHECK(says(server.get("/en"), "tel:08002002"));
}

TEST_CASE(
    "a number stands behind the name of whose it is: a child who gets no answer does not call it again") {
    site::server server({"nl", "en", "qps"});
    const auto behind = [](std::string_view page, std::string_view name) {
        const auto at = page.find(name);
        REQUIRE(at != page.npos);
        const auto call = page.find("tel:", at) + 4;
        return std::string(page.substr(call, page.find('"', call) - call));
    };
    const auto child = server.post("rol=slachtoffer&minderjarig=ja&stap=vragen", "/en/melden"),
               start = server.get("/en"), lost = server.get("/en/nowhere");
    for (const auto* page : {&child, &start, &lost}) {
        const auto content = page->content();
        const auto body = content.substr(content.find("<main"));
        CHECK(behind(body, "De Kindertelefoon") == "08000432");
        // The start page has that number at its head.
        if (page != &start) CHECK(behind(body, "Does nobody answer there?") == "08002000");
    }
    const auto dutch = server.get("/nl");
    CHECK(says(dutch,
               "De Kindertelefoon: <a class=\"nl-link baken-phone\" "
               "href=\"tel:08000432\"><bdi>0800-0432</bdi></a>"));
    CHECK(says(server.get("/qps"), "<bdi>0800-0432</bdi>"));
}

TEST_CASE("the way out is the second stop of the keyboard on every page") {
    site::server server;
    for (const auto* path : everywhere) {
        CAPTURE(path);
        const auto page = server.get(path);
        const auto links = shown::tags(page.content(), "a");
        REQUIRE(links.size() > 2);
        CHECK(shown::attribute(links[0].first, "href") == "#inhoud");
        CHECK(shown::attribute(links[1].first, "class") == "baken-exit");
        const auto before = page.content().substr(0, page.content().find("baken-exit"));
        for (const auto* other : {"<button", "<input", "<summary", "<select"})
            CHECK_FALSE(before.contains(other));
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

#include "client/failure.hpp"

#include <catch2/catch.hpp>

#include "client/line/problem.hpp"
#include "crypto/protocol/errc.hpp"
#include "crypto/protocol/json.hpp"

TEST_CASE("a failure is one line of JSON with a code of the list") {
    struct row {
        client::refusal refusal;
        std::string code;
    };
    client::answer forbidden, gone, busy;
    forbidden.status = 403;
    gone.status = 404;
    busy.status = 503;
    for (const auto& [refusal, code] : {
             row{client::refusal("x"), "failed"},
             row{client::refusal("x", client::wrong_use), "wrong-use"},
             row{client::refusal("x", 3), "try-later"},
             row{client::refusal("x", 4), "not-trusted"},
             row{client::refusal("x", 5), "perhaps-stored"},
             row{client::refusal(client::errc::unreachable), "try-later"},
             row{client::refusal(client::errc::untrusted), "not-trusted"},
             row{client::refusal(client::errc::interrupted), "interrupted"},
             row{client::refusal(client::errc::bad_answer), "failed"},
             row{client::refusal(protocol::errc::gids_older), "not-trusted"},
             row{client::refused("x", forbidden), "not-allowed"},
             row{client::refused("x", gone), "not-there"},
             row{client::refused("x", busy), "try-later"},
         }) {
        INFO(refusal.sentence);
        const auto text = desk::failure_json(refusal);
        CHECK(text.find('\n') == text.size() - 1);
        const auto read = protocol::parse_object(text);
        REQUIRE(read);
        const auto& error = read->at("error").as_object();
        CHECK(error.at("code").as_string() == protocol::json::string_view(code));
        CHECK(error.at("exit") == refusal.exit);
        CHECK(error.at("sentence").as_string() == protocol::json::string_view(refusal.sentence));
    }
}

TEST_CASE("whatever a sentence holds, it is JSON and steers nothing") {
    const auto text = desk::failure_json(client::refusal("a\n\"b\" \x1b[2J \xff \u202e"));
    CHECK(protocol::parse_object(text));
    for (const auto* hostile : {"\x1b", "\xff", "\u202e"}) CHECK(text.find(hostile) == text.npos);
}

TEST_CASE("machines are answered where they asked, and not for another program") {
    CHECK(desk::wants_json({"desk", "pull", "--json"}));
    CHECK(desk::wants_json({"desk", "--json"}));
    CHECK_FALSE(desk::wants_json({"desk", "pull"}));
    CHECK_FALSE(desk::wants_json({"admin", "check", "--json"}));
    CHECK_FALSE(desk::wants_json({}));
}

#include "client/line/problem.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

using Catch::Matchers::Contains;

TEST_CASE("all faults of a problem are told, with their codes") {
    client::answer answer;
    answer.status = 400;
    answer.body = R"({"type":"about:blank","status":400,"title":"Bad","detail":"Two faults.","errors":[
        {"in":"body","location":"/ontvangers/0/epoch","code":"tijdvak","detail":"Its window is over."},
        {"in":"body","location":"/body","code":"lengte","detail":"Wrong length."}]})";
    auto problem = client::read_problem(answer);
    CHECK(problem.has("tijdvak"));
    CHECK(problem.has("lengte"));
    CHECK_FALSE(problem.has("sleutel"));
    auto sentence = client::refused("The report was not stored", answer).sentence;
    CHECK_THAT(sentence,
               Contains("The report was not stored") && Contains("(400)") && Contains("Two faults.") &&
                   Contains("/ontvangers/0/epoch: Its window is over.") && Contains("/body: Wrong length."));
}

TEST_CASE("an answer that is no problem document still makes a sentence") {
    for (std::string body :
         {"", "<html>", "[]", R"({"errors":7})", R"({"errors":[7,{}]})", R"({"detail":7})"}) {
        INFO(body);
        client::answer answer;
        answer.status = 503;
        answer.body = body;
        auto refused = client::refused("It failed", answer);
        CHECK_THAT(refused.sentence, Contains("It failed: the server is overloaded"));
        CHECK(refused.passing);
    }
}

TEST_CASE("what the server says cannot pass for a line of ours") {
    client::answer answer;
    answer.status = 400;
    answer.body = R"({"detail":"no\r\nbaken admin: done","errors":[
        {"location":"/a\nx","code":"formaat","detail":"b\tc\nreport received"}]})";
    const auto sentence = client::refused("It was refused", answer).sentence;
    CHECK(std::count(sentence.begin(), sentence.end(), '\n') == 1);  // ours, before the one fault
    CHECK_THAT(sentence, Contains("no\\u000d\\u000abaken admin: done") &&
                             Contains("/a\\u000ax: b\\u0009c\\u000areport received"));
}

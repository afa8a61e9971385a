#include "client/arguments.hpp"

#include <catch2/catch.hpp>

#include "client/verbs.hpp"

using Catch::Matchers::Contains;

namespace {

using words = std::vector<std::string>;
constexpr auto an_id = "6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5b";

desk::leaflet refused(const words& given) {
    auto read = desk::read_arguments(given);
    REQUIRE_FALSE(read);
    return read.error();
}

}  // namespace

TEST_CASE("a verb comes with its options") {
    auto read = desk::read_arguments({"report", "submit", "draft.json", "--server", "https://x", "--root",
                                      "a", "--root", "b", "--exclude", "kmar", "--exclude", "nla",
                                      "--one-shot", "--json"});
    REQUIRE(read);
    const auto& submit = std::get<desk::submit_order>(*read);
    CHECK(submit.file == "draft.json");
    CHECK(submit.place.flags.server == "https://x");
    CHECK(submit.place.flags.root == words{"a", "b"});
    CHECK(submit.exclude == words{"kmar", "nla"});
    CHECK(submit.one_shot);
    CHECK(submit.json);
    CHECK_FALSE(submit.dry_run);

    read = desk::read_arguments({"report", "submit", "--exclude", "kmar", "-"});
    REQUIRE(read);
    CHECK(std::get<desk::submit_order>(*read).file == "-");
    CHECK(std::get<desk::submit_order>(*read).exclude == words{"kmar"});

    read = desk::read_arguments({"desk", "open", an_id, "--profile", "p.toml"});
    REQUIRE(read);
    CHECK(std::get<desk::open_order>(*read).id == an_id);
    CHECK(std::get<desk::open_order>(*read).place.profile == "p.toml");

    read = desk::read_arguments({"desk", "pull", "--follow", "--status", "nieuw", "--all-pages"});
    REQUIRE(read);
    CHECK(std::get<desk::pull_order>(*read).follow);

    read = desk::read_arguments({"desk", "enrol", "a.pub", "b.pub", "--yes"});
    REQUIRE(read);
    CHECK(std::get<desk::enrol_order>(*read).cards == words{"a.pub", "b.pub"});

    read = desk::read_arguments({"desk", "keys", "--weeks", "12"});
    REQUIRE(read);
    CHECK(std::get<desk::keys_order>(*read).weeks == 12);

    read = desk::read_arguments({"desk", "keygen", "--loket", "a", "--rol", "beheerder", "--out", "f"});
    REQUIRE(read);
    CHECK(std::get<desk::keygen_order>(*read).cost == "moderate");
}

TEST_CASE("a lead says who leaves, and whose keys are replaced") {
    auto read = desk::read_arguments({"desk", "revoke", an_id, "--last", "--yes"});
    REQUIRE(read);
    const auto& revoke = std::get<desk::revoke_order>(*read);
    CHECK(revoke.lids == std::vector{*crypto::uuid::parse(an_id)});
    CHECK(revoke.last);
    CHECK(revoke.yes);
    CHECK_FALSE(revoke.yes_myself);

    read = desk::read_arguments({"desk", "enrol", "a.pub", "--replaces", an_id, "--all-epochs"});
    REQUIRE(read);
    CHECK(std::get<desk::enrol_order>(*read).replaces == *crypto::uuid::parse(an_id));
    CHECK(std::get<desk::enrol_order>(*read).all_epochs);
}

TEST_CASE("everything behind admin is passed on untouched") {
    auto read = desk::read_arguments({"admin", "desk-add", "--help", "--data", "x"});
    REQUIRE(read);
    CHECK(std::get<desk::admin_order>(*read).arguments == words{"desk-add", "--help", "--data", "x"});
}

TEST_CASE("wrong use is exit 2 and says the mend") {
    struct row {
        words given;
        std::string told;
    };
    for (const auto& [given, told] : {
             row{{}, "report, desk or admin"},
             row{{"reprot"}, "did you mean baken report?"},
             row{{"xyzzy"}, "report, desk and admin"},
             row{{"desk"}, "Say what to do: baken desk"},
             row{{"pull"}, "'pull' is not a verb of baken; did you mean baken desk pull?"},
             row{{"submit"}, "did you mean baken report submit?"},
             row{{"desk", "list"}, "did you mean baken desk pull?"},
             row{{"desk", "submit"}, "did you mean baken report submit?"},
             row{{"report", "open"}, "did you mean baken desk open?"},
             row{{"opne"}, "did you mean baken desk open?"},
             row{{"init"}, "did you mean baken admin init?"},
             row{{"amdin"}, "did you mean baken admin?"},
             row{{"desk", "pul"}, "did you mean baken desk pull"},
             row{{"desk", "keysgen"}, "did you mean baken desk keygen"},
             row{{"desk", "frobnicate"},
                 "there are: pull, open, close, keep, destroy, stragglers, export, audit, keygen, card, "
                 "enrol, keys, "
                 "revoke, status, names, restored and passwd."},
             row{{"desk", "\x1b[2J"}, "\\u001b"},
             row{{"report", "submit"}, "FILE"},
             row{{"report", "submit", "a", "b"}, "--help"},
             row{{"report", "submit", "a", "--frob"}, "--frob"},
             row{{"desk", "open"}, "ID"},
             row{{"desk", "open", "x"}, "'x' is not a report's id"},
             row{{"desk", "open", "6f1"}, "at least its first 4 characters"},
             row{{"desk", "open", "6f1b3a528"}, "is not a report's id"},
             row{{"desk", "close", "6f1b", "x", "y"}, "'x' is not a report's id"},
             row{{"desk", "close", "6f1b", "x", "y"}, "'y' is not a report's id"},
             row{{"desk", "destroy", "6f1b3a52", "--reason", "afgerond"}, "all 36 characters"},
             row{{"desk", "export", an_id, "--to", "-"}, "--to names a new file"},
             row{{"desk", "export", an_id, "--to="}, "--to needs a value; see baken desk export --help"},
             row{{"desk", "export", "x", "--to", "-"}, "'x' is not a report's id"},
             row{{"desk", "keygen", "--loket", "a", "--rol", "beheerder", "--out", "-"},
                 "--out names a new file"},
             row{{"desk", "keygen", "--lokket", "a"},
                 "'--lokket' is not an option of baken desk keygen; did you mean --loket?"},
             row{{"desk", "pull", "--porfile=x", "--sever", "y"}, "did you mean --profile?"},
             row{{"desk", "pull", "--porfile=x", "--sever", "y"}, "did you mean --server?"},
             row{{"desk", "pull", "--server"}, "--server needs a value; see baken desk pull --help"},
             row{{"desk", "open", "6F1B3A52-8d3e-4c55-9b3f-0c1d2e3f4a5b"}, "is not a report's id"},
             row{{"desk", "pull", "--status", "neu"}, "in-behandeling"},
             row{{"desk", "keygen", "--rol", "beheerder", "--out", "f"}, "--loket"},
             row{{"desk", "keygen", "--loket", "a", "--rol", "chef", "--out", "f"}, "medewerker"},
             row{{"desk", "keygen", "--loket", "A", "--rol", "beheerder", "--out", "f"}, "desk's id"},
             row{{"desk", "keygen", "--loket", "a", "--rol", "beheerder", "--out", "f", "--cost", "0"},
                 "--cost"},
             row{{"desk", "keys", "--weeks", "0"}, "--weeks"},
             row{{"desk", "keys", "--weeks", "x"}, "--weeks"},
             row{{"desk", "revoke"}, "LID"},
             row{{"desk", "revok", an_id}, "did you mean baken desk revoke"},
             row{{"desk", "enrol", "a.pub", "--as", "an\u202ena"}, "nobody sees"},
             row{{"desk", "enrol", "a.pub", "--as", "a", "--as", "b"}, "fewer cards"},
             row{{"desk", "names", "--to", "a", "--from", "b"}, "one at a time"},
             row{{"desk", "names", "--name", "anna"}, "'anna' is not LID=NAME"},
             row{{"desk", "names", "--name", std::string(an_id) + "= x"}, "no space"},
             row{{"desk", "audit", "--report", "4ccd263a"}, "--show shows"},
             row{{"desk", "audit", "--show", "--report", "4cc"}, "'4cc' is not a report id"},
             row{{"desk", "audit", "--show", "--what", "gelezen"}, "melding-geopend"},
             row{{"desk", "audit", "--show", "--from", "gisteren"}, "'gisteren' is not a day"},
             row{{"desk", "audit", "--show", "--from", "2026-12-02", "--to", "2026-12-01"},
                 "comes after the last"},
             row{{"desk", "revoke", "x", an_id, "y"}, "'x' is not a member's id"},
             row{{"desk", "revoke", "x", an_id, "y"}, "'y' is not a member's id"},
             row{{"desk", "enrol", "a.pub", "--replaces", "x"}, "'x' is not a member's id"},
             row{{"desk", "enrol", "a.pub", "b.pub", "--replaces", an_id}, "one card"},
             row{{"desk", "statsu"}, "did you mean baken desk status"},
             row{{"desk", "passwrd"}, "did you mean baken desk passwd"},
         }) {
        INFO(told);
        auto leaflet = refused(given);
        CHECK(leaflet.exit == client::wrong_use);
        CHECK_THAT(leaflet.text, Contains(told));
    }
}

TEST_CASE("a value that looks like an option is no typing error") {
    auto read = desk::read_arguments({"desk", "export", an_id, "--to=--x", "--key", "a"});
    REQUIRE(read);
    CHECK(std::get<desk::export_order>(*read).to == "--x");
    CHECK(desk::read_arguments({"desk", "open", "6f1b"}));
    CHECK(desk::read_arguments({"desk", "close", "6f1b3a52-", "6f1b3a52-8d3e-4c"}));
}

TEST_CASE("help and version are answers, everywhere") {
    for (const words& given :
         {words{"--help"}, words{"help"}, words{"--version"}, words{"desk", "--help"}, words{"report", "-h"},
          words{"report", "submit", "--help"}, words{"desk", "open", "--help"},
          words{"desk", "keys", "--help"}, words{"desk", "keygen", "--help"},
          words{"desk", "enrol", "--help"}, words{"desk", "pull", "--help"}}) {
        auto leaflet = refused(given);
        INFO(leaflet.text);
        CHECK(leaflet.exit == 0);
        CHECK_THAT(leaflet.text, Contains("baken"));
    }
}

TEST_CASE("destroying is ordered for reports that are named in full, confirmed, taken back or listed") {
    const auto order_of = [](words given) {
        given.insert(given.begin(), {"desk", "destroy"});
        auto read = desk::read_arguments(given);
        REQUIRE(read);
        return std::get<desk::destroy_order>(*read);
    };
    CHECK(order_of({an_id, an_id, "--reason", "misbruik"}).ids.size() == 2);
    CHECK(order_of({"--confirm"}).confirm);
    CHECK(order_of({an_id, "--undo"}).undo);
    CHECK(order_of({"--list"}).list);
    const auto refused = [](words given, std::string_view why) {
        given.insert(given.begin(), {"desk", "destroy"});
        const auto read = desk::read_arguments(given);
        REQUIRE_FALSE(read);
        CHECK(read.error().exit == 2);
        CHECK_THAT(read.error().text, Catch::Matchers::Contains(std::string(why)));
    };
    refused({"--reason", "misbruik"}, "ID is required");
    refused({"--undo"}, "ID is required");
    refused({an_id}, "Spam or abuse of the reporting point");
    refused({an_id, "--reason", "rechtszaak"}, "--reason misbruik");
    refused({std::string(an_id).substr(0, 8), "--reason", "misbruik"}, "36 characters");
    refused({an_id, "--undo", "--confirm"}, "one of");
    refused({an_id, "--undo", "--reason", "misbruik"}, "--reason belongs");
    refused({an_id, "--list"}, "leave ID away");
}

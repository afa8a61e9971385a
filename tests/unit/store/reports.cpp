// Reports: what is stored comes out again, a repeat is known, and nothing leaves a fallback desk's
// hands early.
#include "tests/unit/store/samples.hpp"

using namespace samples;
using store::errc;

TEST_CASE("a report comes out as it went in, for each of its desks") {
    scratch dir;
    auto store = open(dir / "baken.db");
    auto sent = report("rotterdam");
    auto id = sent.id;
    sent.urgent = true;
    sent.mailbox = crypto::sign_keys::random().public_key;
    sent.recipients.push_back(recipient("nla", "mede"));
    sent.recipients[1].sealed_key = sealed(96, 11);
    auto mailbox = sent.mailbox;
    auto added = run_now(store->add_report(std::move(sent))).value();
    CHECK(added.fresh);
    CHECK(added.day == 20778);

    for (const std::string desk : {"rotterdam", "nla"}) {
        auto out = run_now(store->report(desk, id)).value();
        bool first = desk == "rotterdam";
        CHECK(out.listed.id == id);
        CHECK(out.listed.status == "nieuw");
        CHECK(out.listed.role == (first ? "eerste" : "mede"));
        CHECK(out.listed.epoch == "2026-W47");
        CHECK(out.listed.urgent);
        CHECK(out.listed.day == 20778);
        CHECK(out.listed.sealed_key.view()[95] == (first ? 9 : 11));
        CHECK(out.listed.body_size == 4096);
        CHECK(out.listed.body.size() == 4096);
        CHECK(out.listed.body.view()[4095] == 7);
        CHECK_FALSE(out.listed.assignee);
        CHECK_FALSE(out.listed.term);
        CHECK(out.listed.revision == 1);
        CHECK(out.mailbox == mailbox);
        REQUIRE(out.recipients.size() == 2);
        CHECK(out.recipients[0].desk == "rotterdam");
        CHECK(out.recipients[1].role == "mede");
        CHECK(out.recipients[0].key_mark == crypto::block<8>{1, 2, 3, 4, 5, 6, 7, 8});
        CHECK(out.recipients[1].sealed_key.size() == 96);
    }
    CHECK(refusal(run_now(store->report("amsterdam", id))) == errc::not_found);
    CHECK(refusal(run_now(store->report("rotterdam", crypto::uuid::random()))) == errc::not_found);
}

TEST_CASE("the same bytes again are answered as the first time; other bytes are refused") {
    scratch dir;
    auto store = open(dir / "baken.db");
    auto id = crypto::uuid::random();
    CHECK(run_now(store->add_report(report("rotterdam", id))).value().fresh);

    auto again = report("rotterdam", id);
    again.day = 20800;
    auto repeated = run_now(store->add_report(std::move(again))).value();
    CHECK_FALSE(repeated.fresh);
    CHECK(repeated.day == 20778);

    auto other = report("rotterdam", id);
    other.request_hash[31] ^= 1;
    CHECK(refusal(run_now(store->add_report(std::move(other)))) == errc::id_taken);
    CHECK(run_now(store->list({.desk = "rotterdam", .status = {}})).value().rows.size() == 1);
}

TEST_CASE("an earlier report is known by its number and bytes before anything is written") {
    scratch dir;
    auto store = open(dir / "baken.db");
    const auto sent = report("rotterdam");
    const auto id = sent.id;
    const auto hash = sent.request_hash;
    CHECK_FALSE(run_now(store->earlier_report(id, hash)).value());
    REQUIRE(run_now(store->add_report(report("rotterdam", id))));

    const auto found = run_now(store->earlier_report(id, hash)).value();
    REQUIRE(found);
    CHECK(found->day == 20778);
    CHECK_FALSE(found->fresh);
    for (std::size_t place : {0U, 31U}) {
        auto other = hash;
        other[place] ^= 1;
        CHECK(refusal(run_now(store->earlier_report(id, other))) == errc::id_taken);
    }
    CHECK_FALSE(run_now(store->earlier_report(crypto::uuid::random(), hash)).value());
    CHECK(run_now(store->list({.desk = "rotterdam", .status = {}})).value().rows.size() == 1);
}

TEST_CASE("a mailbox belongs to one report; reports without one do not meet") {
    scratch dir;
    auto store = open(dir / "baken.db");
    auto first = report("rotterdam"), second = report("rotterdam");
    auto first_again = report("rotterdam", first.id);
    first.mailbox = second.mailbox = first_again.mailbox = crypto::sign_keys::random().public_key;
    auto refused = second.id;
    CHECK(run_now(store->add_report(std::move(first))).value().fresh);
    CHECK(refusal(run_now(store->add_report(std::move(second)))) == errc::mailbox_taken);
    CHECK_FALSE(run_now(store->add_report(std::move(first_again))).value().fresh);
    CHECK(refusal(run_now(store->report("rotterdam", refused))) == errc::not_found);
    CHECK(run_now(store->add_report(report("rotterdam"))).value().fresh);
    CHECK(run_now(store->add_report(report("rotterdam"))).value().fresh);
}

TEST_CASE("a list comes in pages, in order, with nothing twice and nothing left out") {
    scratch dir;
    auto store = open(dir / "baken.db");
    std::vector<crypto::uuid> sent;
    for (int i = 0; i < 7; ++i) {
        auto one = report("rotterdam");
        sent.push_back(one.id);
        REQUIRE(run_now(store->add_report(std::move(one))));
        REQUIRE(run_now(store->add_report(report("amsterdam"))));
    }
    std::vector<crypto::uuid> seen;
    store::list_query query{.desk = "rotterdam", .status = {}, .limit = 3};
    std::vector<std::pair<std::size_t, bool>> pages;
    for (;;) {
        auto page = run_now(store->list(query)).value();
        pages.emplace_back(page.rows.size(), page.more);
        for (const auto& row : page.rows) {
            CHECK(row.place > query.after);
            CHECK(row.body.size() == 0);
            CHECK(row.body_size == 4096);
            seen.push_back(row.id);
        }
        if (!page.rows.empty()) CHECK(page.last_place == page.rows.back().place);
        query.after = page.last_place;
        if (!page.more) break;
    }
    CHECK(seen == sent);
    CHECK(pages == std::vector<std::pair<std::size_t, bool>>{{3, true}, {3, true}, {1, false}});

    auto empty = run_now(store->list(query)).value();
    CHECK(empty.rows.empty());
    CHECK_FALSE(empty.more);
    CHECK(empty.last_place == query.after);

    // Exactly a page full is not more.
    query.after = 0;
    query.limit = 7;
    CHECK_FALSE(run_now(store->list(query)).value().more);
}

TEST_CASE("a list filters by status and carries bodies only where asked to") {
    scratch dir;
    auto store = open(dir / "baken.db");
    REQUIRE(run_now(store->add_report(report("rotterdam"))));
    auto count = [&](std::string status) {
        return run_now(store->list({.desk = "rotterdam", .status = std::move(status)})).value().rows.size();
    };
    CHECK(count("") == 1);
    CHECK(count("nieuw") == 1);
    CHECK(count("afgesloten") == 0);
    CHECK(count("nieuw' OR 1 --") == 0);
    change(dir / "baken.db", "UPDATE meldingen SET status = 'afgesloten'");
    CHECK(count("") == 1);
    CHECK(count("nieuw") == 0);
    CHECK(count("afgesloten") == 1);
    auto page = run_now(store->list({.desk = "rotterdam", .status = {}, .with_body = true})).value();
    REQUIRE(page.rows.size() == 1);
    CHECK(page.rows[0].body.size() == 4096);
    CHECK(page.rows[0].body.view()[0] == 7);
}

TEST_CASE(
    "a page with bodies ends where they come to a size; at least one row, and the rest on the next pages") {
    scratch dir;
    auto store = open(dir / "baken.db");
    for (int i = 0; i < 5; ++i) REQUIRE(run_now(store->add_report(report("rotterdam"))));
    struct row {
        std::size_t bytes;
        std::vector<std::size_t> pages;
    };
    // A body of these has 4096 bytes.
    const auto by = GENERATE(row{1, {1, 1, 1, 1, 1}}, row{4096, {1, 1, 1, 1, 1}},
                             row{2 * 4096 + 1, {2, 2, 1}}, row{5 * 4096 + 1, {5}});
    CAPTURE(by.bytes);
    store::list_query query{.desk = "rotterdam", .status = {}, .with_body = true, .body_bytes = by.bytes};
    std::vector<std::size_t> pages;
    for (bool more = true; more;) {
        const auto page = run_now(store->list(query)).value();
        for (const auto& one : page.rows) CHECK(one.body.view().size() == 4096);
        pages.push_back(page.rows.size());
        query.after = page.last_place;
        more = page.more;
    }
    CHECK(pages == by.pages);
    query.after = 0;
    query.with_body = false;
    CHECK(run_now(store->list(query)).value().rows.size() == 5);
}

TEST_CASE("a fallback desk neither lists nor finds a report whose key is not released") {
    scratch dir;
    auto store = open(dir / "baken.db");
    auto sent = report("rotterdam");
    sent.urgent = true;
    sent.recipients.push_back(recipient("landelijk", "achtervang"));
    auto id = sent.id;
    REQUIRE(run_now(store->add_report(std::move(sent))));
    CHECK(run_now(store->list({.desk = "landelijk", .status = {}, .with_body = true})).value().rows.empty());
    CHECK(refusal(run_now(store->report("landelijk", id))) == errc::not_found);
    // The first desk sees that it is there.
    CHECK(run_now(store->report("rotterdam", id)).value().recipients.size() == 2);
}

TEST_CASE("a report with a recipient twice leaves nothing behind") {
    scratch dir;
    auto store = open(dir / "baken.db");
    auto sent = report("rotterdam");
    auto id = sent.id;
    sent.recipients.push_back(recipient("rotterdam", "mede"));
    CHECK(refusal(run_now(store->add_report(std::move(sent)))) == errc::id_taken);
    CHECK(refusal(run_now(store->report("rotterdam", id))) == errc::not_found);
    CHECK(run_now(store->add_report(report("rotterdam", id))).value().fresh);
}

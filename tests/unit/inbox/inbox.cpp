// What a desk fetches: the list held until something arrives, and one report whole.
#include "server/inbox/inbox.hpp"

#include <future>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include "crypto/receipt.hpp"
#include "server/inbox/cursor.hpp"
#include "tests/unit/store/samples.hpp"

using namespace samples;
using namespace std::chrono_literals;
namespace json = protocol::json;

namespace {

constexpr auto ever = std::chrono::seconds(3600);  // only an arrival or the end may answer

// Of a held call: whether its caller may have the list, and how often that was asked.
struct judged {
    bool may = true;
    int asked = 0;
};

inbox::list_call call(store::list_query query, std::chrono::seconds wait, judged* caller) {
    // One of its own: a coroutine's parameters live as long as it does.
    const auto judge = [](judged* caller) -> async::task<std::expected<bool, store::errc>> {
        if (caller) ++caller->asked;
        co_return !caller || caller->may;
    };
    return {std::move(query), wait, [judge, caller] { return judge(caller); }};
}
std::optional<protocol::day> never(const store::listed_report&) { return std::nullopt; }

json::object listed(store::store& store, store::list_query query, std::chrono::seconds wait = 0s) {
    return run_now(inbox::list(call(std::move(query), wait, nullptr), never, store)).value().value();
}
store::list_query of(std::string desk) { return {.desk = std::move(desk), .status = {}}; }

// A held list on a context of its own: started, waiting, and answered later.
struct held_list : judged {
    boost::asio::io_context context{1};
    std::future<std::expected<std::optional<json::object>, store::errc>> answer;
    // Held once somebody asked whether it still may: its first look, which another thread takes, is over.
    held_list(store::store& store, const store::list_query& query)
        : answer(boost::asio::co_spawn(context, inbox::list(call(query, ever, this), never, store),
                                       boost::asio::use_future)) {
        context.poll();
        const auto until = std::chrono::steady_clock::now() + 30s;
        while (asked == 0 && std::chrono::steady_clock::now() < until) {
            store.arrivals().ring(query.desk);
            context.run_one_for(10ms);
        }
        REQUIRE(asked > 0);
    }
    [[nodiscard]] bool waits() { return answer.wait_for(0s) == std::future_status::timeout; }
    json::object ended() { return ended_with().value(); }
    std::optional<json::object> ended_with() {
        context.run();
        return answer.get().value();
    }
};

}  // namespace

TEST_CASE("list: the members of api.md; the body only where asked for") {
    scratch dir;
    auto store = open(dir / "baken.db");
    auto sent = report("rotterdam");
    sent.urgent = true;
    sent.term = sent.day + 2;
    auto id = sent.id;
    REQUIRE(run_now(store->add_report(std::move(sent))));
    auto out = listed(*store, of("rotterdam"));
    CHECK(out.at("meer") == false);
    const auto& row = out.at("meldingen").as_array().at(0).as_object();
    json::object wanted{{"id", id.text()},
                        {"status", "nieuw"},
                        {"rol", "eerste"},
                        {"spoed", true},
                        {"ontvangen", "2026-11-21"},
                        {"epoch", "2026-W47"},
                        {"sealedKey", crypto::b64u(sealed(96, 9).view())},
                        {"grootteklasse", 4096},
                        {"toegewezen", nullptr},
                        {"termijn", "2026-11-23"},
                        {"geopend", false},
                        {"ongelezen", 0},
                        {"bewaren", nullptr},
                        {"einde", nullptr},
                        {"nietTeOpenen", false},
                        {"revisie", 1}};
    CHECK(row == wanted);
    auto query = of("rotterdam");
    query.with_body = true;
    wanted["body"] = crypto::b64u(sealed(4096, 7).view());
    wanted["berichten"] = json::array();
    wanted["notities"] = json::array();
    CHECK(listed(*store, query).at("meldingen").as_array().at(0).as_object() == wanted);
}

TEST_CASE("list: the cursor goes on behind the last row, and stays where it is when there is none") {
    scratch dir;
    auto store = open(dir / "baken.db");
    for (int i = 0; i < 3; ++i) REQUIRE(run_now(store->add_report(report("rotterdam"))));
    auto query = of("rotterdam");
    query.limit = 2;
    auto first = listed(*store, query);
    CHECK(first.at("meer") == true);
    query.after = inbox::read_cursor(first.at("cursor").as_string().c_str()).value();
    auto second = listed(*store, query);
    CHECK(second.at("meldingen").as_array().size() == 1);
    CHECK(second.at("meer") == false);
    query.after = inbox::read_cursor(second.at("cursor").as_string().c_str()).value();
    auto third = listed(*store, query);
    CHECK(third.at("meldingen").as_array().empty());
    CHECK(third.at("cursor") == second.at("cursor"));
}

TEST_CASE("wait: what is there is answered at once, and an empty list at its time") {
    scratch dir;
    auto store = open(dir / "baken.db");
    CHECK(listed(*store, of("rotterdam"), 1s).at("meldingen").as_array().empty());
    REQUIRE(run_now(store->add_report(report("rotterdam"))));
    CHECK(listed(*store, of("rotterdam"), ever).at("meldingen").as_array().size() == 1);
}

TEST_CASE(
    "wait: a report stored by another thread ends it; one for another desk or of another status does not") {
    scratch dir;
    auto store = open(dir / "baken.db");
    held_list held(*store, of("rotterdam"));
    auto closed = of("rotterdam");
    closed.status = "afgesloten";
    held_list other(*store, closed);
    REQUIRE(held.waits());
    std::jthread([&] { (void)run_now(store->add_report(report("amsterdam"))); }).join();
    held.context.poll();
    CHECK(held.waits());
    auto sent = report("rotterdam");
    auto id = sent.id;
    std::jthread writer(
        [&, sent = std::move(sent)]() mutable { (void)run_now(store->add_report(std::move(sent))); });
    auto out = held.ended();
    CHECK(out.at("meldingen").as_array().at(0).at("id") == json::string(id.text()));
    writer.join();
    other.context.poll();
    CHECK(other.waits());
    store->arrivals().close();
    CHECK(other.ended().at("meldingen").as_array().empty());
}

TEST_CASE("wait: a drain answers everybody at once, and nobody waits after it") {
    scratch dir;
    auto store = open(dir / "baken.db");
    held_list held(*store, of("rotterdam"));
    REQUIRE(held.waits());
    std::jthread([&] { store->arrivals().close(); }).join();
    auto out = held.ended();
    CHECK(out.at("meldingen").as_array().empty());
    CHECK(inbox::read_cursor(out.at("cursor").as_string().c_str()) == 0);
    CHECK(listed(*store, of("rotterdam"), ever).at("meldingen").as_array().empty());
}

TEST_CASE("wait: who may not have the list any more is told nothing, whatever ends the wait") {
    scratch dir;
    auto store = open(dir / "baken.db");
    held_list revoked(*store, of("rotterdam")), late(*store, of("rotterdam")), drained(*store, of("zorg"));
    REQUIRE((revoked.waits() && late.waits()));
    // A standing rings its desk: who stayed waits on.
    revoked.may = false;
    store->arrivals().ring("rotterdam");
    CHECK_FALSE(revoked.ended_with());
    late.context.poll();
    CHECK(late.waits());
    late.may = false;
    std::jthread([&] { (void)run_now(store->add_report(report("rotterdam"))); }).join();
    CHECK_FALSE(late.ended_with());
    drained.may = false;
    store->arrivals().close();
    CHECK_FALSE(drained.ended_with());
}

TEST_CASE("list: whatever was fetched, with bodies or one by one, is still not opened") {
    scratch dir;
    auto store = open(dir / "baken.db");
    auto sent = report("rotterdam");
    const auto id = sent.id;
    REQUIRE(run_now(store->add_report(std::move(sent))));
    auto query = of("rotterdam");
    query.with_body = true;
    for (int i = 0; i < 2; ++i)
        CHECK(listed(*store, query).at("meldingen").as_array()[0].at("geopend") == false);
    CHECK(run_now(inbox::report("rotterdam", id, never, *store)).value().json.at("geopend") == false);
    say(*store, sighting(id, "rotterdam"));
    CHECK(listed(*store, query).at("meldingen").as_array()[0].at("geopend") == true);
}

TEST_CASE("report: the row with its body, its recipients and its mailbox's id") {
    scratch dir;
    auto store = open(dir / "baken.db");
    auto sent = report("rotterdam");
    sent.mailbox = crypto::sign_keys::random().public_key;
    sent.recipients.push_back(recipient("nla", "mede"));
    auto id = sent.id;
    auto mailbox = crypto::mailbox_id(*sent.mailbox);
    REQUIRE(run_now(store->add_report(std::move(sent))));
    auto item = run_now(inbox::report("nla", id, never, *store)).value();
    CHECK(item.revision == 1);
    std::vector<std::string> names;
    for (const auto& member : item.json) names.emplace_back(member.key());
    CHECK(names == std::vector<std::string>{"id",         "status",    "rol",          "spoed",
                                            "ontvangen",  "epoch",     "sealedKey",    "grootteklasse",
                                            "toegewezen", "termijn",   "geopend",      "ongelezen",
                                            "bewaren",    "einde",     "nietTeOpenen", "revisie",
                                            "body",       "berichten", "notities",     "ontvangers",
                                            "bijlagen",   "postbus",   "overdracht",   "vernietiging"});
    CHECK(item.json.at("rol") == "mede");
    CHECK(item.json.at("postbus") == json::string(mailbox));
    const auto& recipients = item.json.at("ontvangers").as_array();
    REQUIRE(recipients.size() == 2);
    // Who else has it, and not their keys.
    CHECK(recipients[0].as_object() ==
          json::object{{"voor", "loket:rotterdam"}, {"rol", "eerste"}, {"epoch", "2026-W47"}});
    CHECK(recipients[1].at("voor") == "loket:nla");
    auto unknown = run_now(inbox::report("amsterdam", id, never, *store));
    CHECK(unknown.error() == store::errc::not_found);
}

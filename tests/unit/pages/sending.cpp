// Between the check page and the report in the store: what is sent twice, what was changed on the way, and a
// world that moved on meanwhile. Nothing is lost, nothing arrives twice, and nobody reads who was not shown.
#include <latch>
#include <thread>

#include "tests/unit/pages/site.hpp"

using namespace site;

namespace {

std::string sending(const http::response& check) {
    return typed::body(and_also(shown::fields(check.content()), "stap", "versturen"));
}

// The check page again, with everything on it: nothing was stored, and sending it as it stands works.
void comes_back(server& at, const http::response& page, std::string_view sentence, const std::string& desk) {
    CHECK(says(page, sentence));
    CHECK(says(page, "role=\"alert\""));
    CHECK(at.stored() == 0);
    CHECK(typed::value(shown::fields(page.content()), "wie") == "merk-wie");
    const auto done = at.send(page);
    CHECK(done.status == 200);
    CHECK(shown::receipt(done.content()).size() == 29);
    CHECK(member(at.only(desk), "wie") == "merk-wie");
}

constexpr auto changed = "Who can read this has changed";
constexpr auto altered = "Something on this page was not as we made it";
constexpr auto busy = "Many people are sending now";

}  // namespace

TEST_CASE(
    "the same page sent again is the same confirmation and one report, also after the directory changed") {
    server at;
    const auto bytes = sending(at.check(full()));
    const auto first = at.post(bytes);
    REQUIRE(first.status == 200);
    CHECK(at.post(bytes).content() == first.content());
    at.rotterdam.lead = crypto::sign_keys::random();
    at.publish_gids();
    const auto later = at.post(bytes);
    CHECK(later.status == 200);
    CHECK(shown::receipt(later.content()) == shown::receipt(first.content()));
    CHECK(at.stored() == 1);
}

TEST_CASE("a double click: both get the same confirmation, one report is stored") {
    server at;
    const auto bytes = sending(at.check(full()));
    boost::asio::io_context context(1);
    std::vector<std::future<http::response>> both;
    for (int i = 0; i < 2; ++i) {
        http::request request{head(http::method::post, "/en/melden"), {}};
        request.body.assign(bytes.begin(), bytes.end());
        both.push_back(
            boost::asio::co_spawn(context, at.pages->answer(std::move(request)), boost::asio::use_future));
    }
    context.run();
    const auto first = both[0].get(), second = both[1].get();
    CHECK(first.status == 200);
    CHECK(second.content() == first.content());
    CHECK(at.stored() == 1);
}

TEST_CASE(
    "other contents under a number that was sent: what is stored stays, and it is said that these did not "
    "go") {
    server at;
    const auto check = at.check(full());
    REQUIRE(at.send(check).status == 200);
    const auto other = at.step(with(shown::fields(check.content()), "wie", "somebody else"), "versturen");
    CHECK(other.status == 409);
    CHECK(says(other, "Did you change something after you sent it? That was not sent."));
    CHECK(shown::receipt(other.content()).empty());
    CHECK(member(at.only("rotterdam"), "wie") == "merk-wie");
}

TEST_CASE("the seed of another report: the page is made anew, and its receipt is another one") {
    server at;
    const auto first = at.check(with(full(), "spoed", ""));
    const auto one = at.send(first);
    const auto second = at.check(with(full(), "wie", "merk-tweede"));
    const auto taken = at.step(
        with(shown::fields(second.content()), "zaad", typed::value(shown::fields(first.content()), "zaad")),
        "versturen");
    CHECK(taken.status == 409);
    CHECK(says(taken, altered));
    CHECK(shown::receipt(taken.content()).empty());
    CHECK(at.stored() == 1);
    const auto done = at.send(taken);
    CHECK(done.status == 200);
    CHECK(shown::receipt(done.content()) != shown::receipt(one.content()));
    CHECK(at.stored() == 2);
}

TEST_CASE("number or seed that are not ours: the check page comes back with its own") {
    server at;
    const auto fields_of = shown::fields(at.check(full()).content());
    const auto seed = typed::value(fields_of, "zaad"), number = typed::value(fields_of, "nummer");
    struct row {
        std::string name, value;
    };
    for (const auto& [name, value] :
         {row{"zaad", ""}, row{"zaad", "kort"}, row{"zaad", seed + "A"}, row{"zaad", seed.substr(1)},
          row{"zaad", seed.substr(1) + "!"}, row{"zaad", seed + "="}, row{"nummer", ""}, row{"nummer", "1"},
          row{"nummer", number + " "}, row{"nummer", "{" + number + "}"},
          row{"nummer", "00000000-0000-0000-0000-000000000000"}}) {
        CAPTURE(name, value);
        const auto page = at.step(with(fields_of, name, value), "versturen");
        CHECK(page.status == 400);
        CHECK(says(page, altered));
        CHECK(typed::value(shown::fields(page.content()), name) != typed::value(fields_of, name));
        CHECK(typed::value(shown::fields(page.content()), "zaad").size() == 43);
    }
    comes_back(at, at.step(without(fields_of, "zaad"), "versturen"), altered, "rotterdam");
}

TEST_CASE("forms that forced sex may lie behind: the check page names who helps, and no hour") {
    server at;
    const auto page = [&](const char* form) { return at.check(with(full(), "vorm", form)); };
    for (const auto* form : {"seksueel", "huwelijk", "dienstverlening", "onbekend"}) {
        CAPTURE(form);
        const auto shown = page(form);
        CHECK(shown.status == 200);
        CHECK(says(shown, "href=\"tel:08000188\""));
    }
    for (const auto* form : {"arbeid", "crimineel", "orgaan"}) {
        CAPTURE(form);
        CHECK(page(form).status == 200);
        CHECK_FALSE(says(page(form), "tel:08000188"));
    }
}

TEST_CASE("readers that were not shown: the check page comes back and shows them") {
    server at;
    const auto fields_of = shown::fields(at.check(full()).content());
    for (const auto* list :
         {"", "rotterdam:eerste", "landelijk:eerste", "landelijk:achtervang rotterdam:eerste",
          "rotterdam:eerste landelijk:mede", "rotterdam:eerste landelijk:achtervang zorg:mede"}) {
        CAPTURE(list);
        CHECK(at.step(with(fields_of, "lezers", list), "versturen").status == 409);
    }
    CHECK(at.step(with(fields_of, "haast", "nee"), "versturen").status == 409);
    // Leaving a desk out only here is not what was shown either.
    CHECK(at.step(and_also(fields_of, "zonder", "rotterdam"), "versturen").status == 409);
    const auto page = at.step(without(fields_of, "lezers"), "versturen");
    CHECK(page.status == 409);
    CHECK(typed::value(shown::fields(page.content()), "nummer") == typed::value(fields_of, "nummer"));
    CHECK(typed::value(shown::fields(page.content()), "zaad") == typed::value(fields_of, "zaad"));
    comes_back(at, page, changed, "rotterdam");
}

TEST_CASE("the check page's own inputs without a form are the first page, with its faults") {
    server at;
    auto own = shown::fields(at.check(full()).content());
    for (const auto& [name, value] : full()) own = without(own, name);
    const auto page = at.step(own, "versturen");
    CHECK(page.status == 400);
    CHECK(shown::faults(page.content()) == std::vector<std::string>{"rol", "minderjarig"});
    CHECK(at.stored() == 0);
}

TEST_CASE("midnight between Sunday and Monday: sealed to the key of the new week") {
    server at;
    at.clock.put("2026-11-22", 86399);
    const auto check = at.check(full());
    at.clock.at += 2;
    const auto done = at.send(check);
    REQUIRE(done.status == 200);
    CHECK(at.row("rotterdam", at.ids_at("rotterdam").front()).recipients[0].epoch == "2026-W48");
    CHECK(member(at.only("rotterdam"), "wie") == "merk-wie");
}

TEST_CASE(
    "a desk that loses its key between check and send: others are shown, and nothing went before that") {
    server at;
    SECTION("its new stand has no key of this week") {
        const auto check = at.check(full());
        at.rotterdam.sleutels.erase(at.rotterdam.sleutels.begin() + 1);
        at.publish_stand(at.rotterdam);
        const auto page = at.send(check);
        CHECK(page.status == 409);
        CHECK(typed::value(shown::fields(page.content()), "lezers") == "landelijk:eerste");
        comes_back(at, page, changed, "landelijk");
    }
    SECTION("its stand ends at midnight") {
        at.add_own_keys(at.rotterdam, {"2026-W52"});
        at.clock.put("2026-12-24", 86399);
        const auto check = at.check(full());
        CHECK(typed::value(shown::fields(check.content()), "lezers").starts_with("rotterdam:eerste"));
        at.clock.at += 2;
        const auto page = at.send(check);
        CHECK(page.status == 409);
        comes_back(at, page, changed, "landelijk");
    }
    SECTION("its week is over and it has no key of the next one") {
        at.clock.put("2026-11-29", 86399);
        const auto check = at.check(full());
        at.clock.at += 2;
        comes_back(at, at.send(check), changed, "landelijk");
    }
    SECTION("its lead is replaced") {
        const auto check = at.check(full());
        at.rotterdam.lead = crypto::sign_keys::random();
        at.publish_gids();
        comes_back(at, at.send(check), changed, "landelijk");
    }
}

TEST_CASE("no directory: every step says so, the pages that ask nothing are there") {
    server at;
    const auto check = at.check(full());
    scratch empty_dir;
    auto empty = samples::open(empty_dir / "empty.db");
    trust::registry registry(*empty, {at.root.public_key}, at.clock);
    at.open_pages(*empty, registry);
    for (const auto& page : {at.step({}, "vragen"), at.check(full()), at.send(check)}) {
        CHECK(page.status == 503);
        CHECK(says(page, "We can take nothing at the moment"));
        CHECK(says(page, "tel:112"));
    }
    CHECK(at.get("/en").status == 200);
    CHECK(at.get("/en/melden").status == 200);
}

TEST_CASE("nobody has a key that ever began: the check page comes back, with the numbers to call") {
    server at;
    for (auto* one : {&at.rotterdam, &at.landelijk, &at.zorg}) at.hand_in_own_keys(*one, {});
    const auto check = at.check(full());
    REQUIRE(check.status == 200);
    const auto page = at.send(check);
    CHECK(page.status == 503);
    CHECK(says(page, "No organisation can take this now"));
    CHECK(shown::fields(page.content()) == shown::fields(check.content()));
    at.hand_in_own_keys(at.landelijk, {"2026-W47"});
    CHECK(at.send(page).status == 200);
    CHECK(member(at.only("landelijk"), "wie") == "merk-wie");
}

TEST_CASE("a full journal: the check page comes back as it was, and goes through later") {
    server at;
    auto small = samples::open(at.dir / "small.db", {.jobs = 1, .bytes = 1 << 20});
    at.open_pages(*small, *at.registry);
    const auto check = at.check(full());
    std::latch inside(1), release(1);
    std::jthread held([&] {
        (void)run_now(small->append({"gate", [&](const store::head&) {
                                         inside.count_down();
                                         release.wait();
                                         return std::string("x");
                                     }}));
    });
    inside.wait();
    std::jthread queued([&] { (void)run_now(small->append(samples::line("rotterdam"))); });
    while (!small->full()) std::this_thread::yield();
    const auto page = at.send(check);
    release.count_down();
    held.join();
    queued.join();
    CHECK(page.status == 503);
    CHECK(says(page, busy));
    CHECK(shown::fields(page.content()) == shown::fields(check.content()));
    CHECK(run_now(small->list({.desk = "rotterdam", .status = {}})).value().rows.empty());
    CHECK(at.send(page).status == 200);
    CHECK(run_now(small->list({.desk = "rotterdam", .status = {}})).value().rows.size() == 1);
}

TEST_CASE("no receipts to be had, or no store: busy, everything still there; without a way back it goes on") {
    server at;
    const auto check = at.check(full());
    SECTION("receipts") {
        at.mailboxes.close();
        const auto page = at.send(check);
        CHECK(page.status == 503);
        CHECK(says(page, busy));
        CHECK(shown::fields(page.content()) == shown::fields(check.content()));
        CHECK(at.stored() == 0);
        CHECK(at.step(with(shown::fields(page.content()), "terugweg", "nee"), "versturen").status == 200);
        CHECK(at.stored() == 1);
    }
    SECTION("store") {
        at.store->close();
        const auto page = at.send(check);
        CHECK(page.status == 503);
        CHECK(says(page, busy));
        CHECK(shown::fields(page.content()) == shown::fields(check.content()));
    }
}

TEST_CASE("a directory past its term: no form is taken, on no page of it") {
    server at;
    const auto bytes = sending(at.check(full()));
    at.clock.at += std::int64_t{93} * 86400;
    for (const auto& page : {at.check(full()), at.post(bytes)}) {
        CHECK(page.status == 503);
        CHECK(says(page, "We can take nothing at the moment"));
    }
    CHECK(at.stored() == 0);
}

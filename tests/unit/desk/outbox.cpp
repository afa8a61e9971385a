// What lies on the disk between sealing and the answer.
#include "client/report/outbox.hpp"

#include <filesystem>
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "tests/unit/client/scratch.hpp"

using Catch::Matchers::Contains;

namespace {

desk::outgoing sealed(bool mailbox = true) {
    desk::outgoing out;
    out.id = crypto::uuid::random();
    out.server = "https://localhost:8443";
    out.draft = desk::mark_of("{}", out.id);
    out.exclude = {"zorg"};
    if (mailbox) out.receipt = crypto::receipt::random();
    out.spoed = true;
    out.readers = {{"rotterdam", "Politie \"Rotterdam\"", "eerste", true}};
    out.body = R"({"id":"x","vulling":"000"})";
    return out;
}

}  // namespace

TEST_CASE("what waits comes back whole, from files that nobody else can read") {
    scratch dir;
    const auto one = sealed(), other = sealed(false);
    {
        auto box = desk::outbox::open(dir / "uit");
        REQUIRE(box);
        CHECK(box->waiting()->empty());
        REQUIRE(box->keep(one));
        REQUIRE(box->keep(other));
        REQUIRE(box->keep(one));  // again
        struct ::stat state{};
        REQUIRE(::stat(box->file_of(one.id).c_str(), &state) == 0);
        CHECK((state.st_mode & 07777u) == 0600);
        REQUIRE(::stat((dir / "uit").c_str(), &state) == 0);
        CHECK((state.st_mode & 07777u) == 0700);
    }
    auto box = desk::outbox::open(dir / "uit");
    const auto found = box->waiting();
    REQUIRE(found);
    REQUIRE(found->size() == 2);
    for (const auto& report : *found) {
        const auto& kept = report.id == one.id ? one : other;
        CHECK(report.id == kept.id);
        CHECK(report.body == kept.body);
        CHECK(report.exclude == kept.exclude);
        CHECK(report.readers == kept.readers);
        CHECK(report.receipt.has_value() == kept.receipt.has_value());
    }
    REQUIRE(box->forget(one.id));
    REQUIRE(box->forget(one.id));
    CHECK(box->waiting()->size() == 1);
}

TEST_CASE("half a file of a run that was killed is removed, and no report is passed over") {
    scratch dir;
    std::filesystem::create_directory(dir / "uit");
    dir.write("uit/6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5b.json.77.new", "{\"bon\":\"0149");
    auto box = desk::outbox::open(dir / "uit");
    REQUIRE(box);
    CHECK_FALSE(std::filesystem::exists(dir / "uit/6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5b.json.77.new"));
    const auto report = sealed();
    REQUIRE(box->keep(report));
    dir.write("uit/other.json", std::string(desk::write_outgoing(report).text()));
    CHECK_THAT(box->waiting().error().sentence, Contains("other.json is not a report of this outbox"));
    std::filesystem::remove(dir / "uit/other.json");
    ::chmod(box->file_of(report.id).c_str(), 0644);
    CHECK_THAT(box->waiting().error().sentence, Contains("chmod 600"));
}

TEST_CASE("a directory into which others may write is refused") {
    scratch dir;
    std::filesystem::create_directory(dir / "uit");
    ::chmod((dir / "uit").c_str(), 0777);
    const auto refused = desk::outbox::open(dir / "uit");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().exit == client::wrong_use);
    CHECK_THAT(refused.error().sentence, Contains("chmod 700 " + (dir / "uit")));
}

TEST_CASE("a draft is known again by its report alone") {
    const auto a = crypto::uuid::random(), b = crypto::uuid::random();
    CHECK(desk::mark_of("{}", a) == desk::mark_of("{}", a));
    CHECK(desk::mark_of("{}", a) != desk::mark_of("{}", b));
    CHECK(desk::mark_of("{}", a) != desk::mark_of("{ }", a));
}

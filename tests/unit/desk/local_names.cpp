// What members are called on a machine, and how that is carried to another one.
#include "client/desk/local_names.hpp"

#include <catch2/catch.hpp>

#include "client/desk/names_file.hpp"
#include "crypto/protocol/json.hpp"
#include "tests/unit/client/scratch.hpp"
#include "tests/unit/desk/made_desk.hpp"

using Catch::Matchers::Contains;

namespace {

const std::vector<std::string> one_week{"2026-W52"};

struct carried {
    made_desk made{one_week};
    desk::local_names names;
    protocol::key_file lead = made.key_file(made.officers[0]), officer = made.key_file(made.officers[2]);

    carried() {
        names.give(made.officers[1].lid, "Zoë van Dam");
        names.give(made.officers[2].lid, "anna");
    }
    [[nodiscard]] std::string file() const {
        return desk::write_names(names, made.standing.members, lead, made_desk::today).value();
    }
    [[nodiscard]] client::result<desk::local_names> read(const std::string& text,
                                                         const protocol::key_file& by) const {
        return desk::read_names(text, "f.json", made.standing.members, by);
    }
    [[nodiscard]] std::string refused(const std::string& text, const protocol::key_file& by) const {
        auto read = this->read(text, by);
        REQUIRE_FALSE(read);
        return read.error().sentence;
    }
};

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("a name is something that can be seen and is no id") {
    for (const auto* good : {"anna", "Zoë van Dam", "J. de Vries-2", "李"})
        CHECK(desk::fault_of_name(good).empty());
    for (const std::string bad :
         {"", " anna", "anna ", "a\nb", "a\tb", "an\u202ena", "\xff", "4ccd263a-544a-4eef-a55c-133e116bf7d8"})
        CHECK_FALSE(desk::fault_of_name(bad).empty());
    CHECK(desk::fault_of_name(std::string(40, 'a')).empty());
    CHECK_THAT(desk::fault_of_name(std::string(41, 'a')), Contains("40 letters"));
    CHECK(desk::name_of_card("/home/lead/anna.key.pub") == "anna");
    CHECK(desk::name_of_card("bob.pub") == "bob");
    CHECK(desk::name_of_card(".key.pub").empty());
}

TEST_CASE("names stay on the machine, each desk its own") {
    scratch dir;
    const client::state memory(dir / "state", std::vector{crypto::sign_keys::random().public_key});
    const auto anna = crypto::uuid::random(), bob = crypto::uuid::random();
    desk::local_names names;
    names.give(anna, "anna");
    names.give(bob, "Bob de B.");
    REQUIRE(names.write(memory, "zorg"));
    auto again = desk::local_names::read(memory, "zorg").value();
    CHECK(again.all() == names.all());
    CHECK(again.of(anna) == "anna");
    CHECK(again.with(anna) == anna.text() + " (anna)");
    CHECK(again.with(crypto::uuid{}) == crypto::uuid{}.text());
    CHECK(again.called("Bob de B.") == bob);
    again.give(anna, "Bob de B.");
    CHECK_FALSE(again.called("Bob de B."));
    CHECK(desk::local_names::read(memory, "rotterdam").value().all().empty());
}

TEST_CASE("names reach the members of the desk, and nobody else learns one from the file") {
    const carried world;
    const auto text = world.file();
    CHECK(world.read(text, world.officer).value().all() == world.names.all());
    CHECK(world.read(text, world.lead).value().all() == world.names.all());
    for (const auto* name : {"\"anna\"", "Zoë", "van Dam"}) CHECK_THAT(text, !Contains(name));
    // As long, whatever the names are.
    carried longer;
    longer.names.give(longer.made.officers[0].lid, "somebody with a name");
    CHECK(longer.file().size() == text.size());
    auto stranger = world.made.key_file(made_desk::newcomer());
    CHECK_THAT(world.refused(text, stranger), Contains("not sealed to you"));
}

TEST_CASE("names that were changed, or that no lead of the desk signed, are refused") {
    const carried world;
    const auto text = world.file();
    const auto other = crypto::uuid::random().text();
    CHECK_THAT(world.refused(replaced(text, "2026-12-23", "2026-12-24"), world.officer),
               Contains("was changed"));
    CHECK_THAT(world.refused(replaced(text, world.officer.lid.text(), other), world.officer),
               Contains("was changed"));
    CHECK_THAT(world.refused(replaced(text, "\"van\":\"" + world.lead.lid.text(), "\"van\":\"" + other),
                             world.officer),
               Contains("not a lead of desk rotterdam"));
    auto elsewhere = world.made.key_file(world.made.officers[2]);
    elsewhere.loket = "zorg";
    CHECK_THAT(world.refused(text, elsewhere), Contains("is of desk rotterdam"));
    // An officer cannot name the others for everybody.
    const auto by_officer =
        desk::write_names(world.names, world.made.standing.members, world.officer, made_desk::today).value();
    CHECK_THAT(world.refused(by_officer, world.lead), Contains("not a lead of desk rotterdam"));
    for (const auto* bad : {"", "{}", "[]", R"({"typ":"baken-namen"})"})
        CHECK_FALSE(world.read(bad, world.lead));
}

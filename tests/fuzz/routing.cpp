// Any bytes as a routing table, and the shipped one with any bytes as the answers: the routing function
// always names one to four desks, one of them first, none twice, and none that must not be there.
#include "crypto/protocol/routing.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "crypto/protocol/codes.hpp"
#include "crypto/protocol/json.hpp"
#include "tests/checkout.hpp"
#include "tests/fuzz/draws.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using namespace protocol;
using names = std::set<std::string, std::less<>>;

// The directory: every desk of the tables below, with fallbacks in a ring so that one step can lead anywhere.
const gids& directory() {
    static const gids out = [] {
        gids made;
        const char* ids[] = {"s", "a", "b", "c", "d", "landelijk", "zorg", "kmar", "nla", "rotterdam"};
        for (std::size_t i = 0; i < std::size(ids); ++i) {
            const bool investigates = i % 2 == 1 && std::string_view(ids[i]) != "landelijk";
            made.loketten.push_back(
                {ids[i], "", "politie", investigates, {}, ids[(i * 3 + 1) % std::size(ids)]});
        }
        return made;
    }();
    return out;
}

const routing_table& shipped() {
    static const routing_table out = [] {
        std::ifstream file(std::string(checkout::schema) + "/routering.json");
        auto rules = parse_object(std::string(std::istreambuf_iterator<char>(file), {})).value();
        rules["datum"] = "2026-11-01";
        rules["gemeenten"] = json::object{{"GM0599", json::object{{"regio", "rotterdam"}}}};
        return routing_table::read(to_text(rules)).value();
    }();
    return out;
}

template <std::size_t N>
std::string code(draws& d, const std::array<std::string_view, N>& list) {
    return std::string(list[d.next(N)]);
}

routed_facts some_facts(draws& d) {
    routed_facts out;
    const char* roles[] = {"burger", "slachtoffer", "professional", "other"};
    const char* places[] = {"GM0599", "", "GM0001", "GM9999"};
    for (unsigned i = d.next(4); i > 0; --i) out.vormen.push_back(code(d, codes::vorm));
    out.rol = roles[d.next(4)];
    out.minderjarig = code(d, codes::minderjarig);
    out.politie = code(d, codes::politie);
    out.spoed = d.next(2) == 1;
    out.gemeente = places[d.next(4)];
    if (d.next(2) == 1) out.plek = code(d, codes::plek);
    return out;
}

names some_desks(draws& d) {
    names out;
    for (unsigned i = d.next(8); i > 0; --i) out.insert(directory().loketten[d.next(10)].id);
    return out;
}

// no_police: a rule that holds keeps investigating desks out, as far as the caller knows.
void judge(const routing_table& table, const routed_facts& facts, const names& excluded, const names& keyless,
           bool no_police) {
    auto usable = [&](std::string_view desk) { return !keyless.contains(desk); };
    const auto made = table.decide(facts, directory(), excluded, usable);
    const auto& desks = made.ontvangers;
    must(!desks.empty() && desks.size() <= 4 && desks[0].rol == "eerste");
    must(made.spoed || !facts.spoed);
    names seen;
    for (std::size_t i = 0; i < desks.size(); ++i) {
        const auto& [desk, rol] = desks[i];
        must(seen.insert(desk).second);
        must((rol == "eerste") == (i == 0));
        must(rol == "eerste" || rol == "mede" ||
             (rol == "achtervang" && made.spoed && i + 1 == desks.size()));
        if (rol == "achtervang") must(directory().desk(desks[0].desk)->achtervang == desk);
        // As first desk standaard is never asked for a key; in another role it has one.
        if (desk == table.standaard()) {
            must(i == 0 || !keyless.contains(desk));
            continue;
        }
        const auto* entry = directory().desk(desk);
        must(entry && !excluded.contains(desk) && !keyless.contains(desk) &&
             !(no_police && entry->opsporing));
    }
    // The same question has the same answer.
    const auto again = table.decide(facts, directory(), excluded, usable);
    must(again.ontvangers == desks && again.spoed == made.spoed);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    draws d{{data, size}};
    const auto facts = some_facts(d);
    const auto excluded = some_desks(d), keyless = some_desks(d);
    judge(shipped(), facts, excluded, keyless, facts.rol == "slachtoffer" && facts.politie == "liever-niet");

    const auto table = routing_table::read(crypto::as_text(d.rest));
    if (!table) {
        must(table.error() == errc::bad_json || table.error() == errc::bad_routing);
        return 0;
    }
    must(is_desk_id(table->standaard()));
    for (const auto& desk : table->desks()) must(is_desk_id(desk));
    if (directory().desk(table->standaard())) judge(*table, facts, excluded, keyless, false);
    return 0;
}

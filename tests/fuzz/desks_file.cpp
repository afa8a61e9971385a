// What a person edits before the root signs it, and the file that is carried back: refused with sentences
// that are safe to show, or what was read is whole, keeps the rules of a directory, and is written and read
// as the same.
#include "server/admin/directory/desks_file.hpp"

#include <algorithm>
#include <set>

#include "client/here/escaped.hpp"
#include "server/admin/directory/signed_directory.hpp"
#include "tests/fuzz/overlaid.hpp"
#include "tests/fuzz/target.hpp"

namespace {

bool is_safe(std::string_view text) { return client::escaped_line(text) == text; }

protocol::desk_entry desk(std::string id, std::optional<std::string> fallback) {
    protocol::desk_entry out;
    out.naam = "Loket " + id;
    out.id = std::move(id);
    out.soort = "zorg";
    out.achtervang = std::move(fallback);
    for (int i = 0; i < 2; ++i) out.beheerders.push_back(crypto::sign_keys::random().public_key);
    return out;
}

// A good file as its object, and the same with a second desk in it changed.
const protocol::json::object& whole() {
    static const protocol::json::object out = [] {
        admin::desks_file file;
        file.logboek = crypto::sign_keys::random().public_key;
        file.loketten = {desk("landelijk", std::nullopt), desk("zorg", "landelijk")};
        auto text = admin::write_desks(file);
        while (text.ends_with('\n')) text.pop_back();
        return protocol::parse_object(text).value();
    }();
    return out;
}

std::string with_desk(std::string_view text) {
    auto file = whole();
    const auto first = protocol::to_text(file.at("loketten").as_array().at(0));
    const auto second = overlaid(file.at("loketten").as_array().at(1).as_object(), text);
    return R"({"logboek":)" + protocol::to_text(file.at("logboek")) + R"(,"loketten":[)" + first + "," +
           second + "]}";
}

void take_desks(std::string_view text) {
    (void)admin::desk_ids(text);
    const auto read = admin::read_desks(text);
    if (!read) {
        must(!read.error().empty());
        for (const auto& sentence : read.error()) must(is_safe(sentence));
        return;
    }
    std::set<std::string> ids;
    std::set<crypto::sign_public> leads;
    for (const auto& one : read->loketten) {
        must(ids.insert(one.id).second && admin::fault_of_desk_name(one.naam).empty() &&
             !one.beheerders.empty());
        for (const auto& lead : one.beheerders) must(leads.insert(lead).second);
    }
    for (const auto& one : read->loketten)
        must(!one.achtervang || (ids.contains(*one.achtervang) && *one.achtervang != one.id));
    for (const auto& doubt : admin::doubts(*read)) must(is_safe(doubt));
    const auto text_again = admin::write_desks(*read);
    const auto again = admin::read_desks(text_again);
    must(again && admin::write_desks(*again) == text_again);
}

void take_body(std::string_view text) {
    const auto read = admin::read_body(text, "x.json");
    if (!read) return must(is_safe(read.error().sentence));
    const auto again = admin::read_body(admin::write_body(*read), "x.json");
    must(again && again->token == read->token && again->table == read->table);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = crypto::as_text({data, size});
    take_desks(text);
    take_desks(overlaid(whole(), text));
    take_desks(with_desk(text));
    take_body(text);
    take_body(overlaid({{"gids", "a.b.c"}, {"routering", "e30"}}, text));
    return 0;
}

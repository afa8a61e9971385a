#include "client/desk/names_file.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "crypto/protocol/faults.hpp"
#include "crypto/protocol/json.hpp"

namespace desk {
namespace {

namespace json = protocol::json;

constexpr std::int64_t version = 1;
constexpr std::size_t filled_to = 1024;  // so that its length does not tell how long the names are
constexpr std::size_t most_names = 10000;

std::string signed_text(const json::object& object) { return "baken-namen\n" + protocol::to_text(object); }

std::string sealed_text(const local_names& names, const protocol::key_file& own, protocol::day today) {
    json::array list;
    for (const auto& [lid, name] : names.all())
        list.push_back(json::object{{"lid", lid.text()}, {"naam", name}});
    json::object out{{"loket", own.loket},
                     {"van", own.lid.text()},
                     {"dag", today.text()},
                     {"namen", std::move(list)},
                     {"vulling", ""}};
    const auto over = protocol::to_text(out).size() % filled_to;
    out["vulling"] = std::string((filled_to - over) % filled_to, '0');
    return protocol::to_text(out);
}

struct names_file {
    std::string loket;
    crypto::uuid van;
    protocol::day dag;
    crypto::bytes sealed;  // for us; empty: there is none
    crypto::signature mark{};
};

names_file read_outside(const json::object& object, const crypto::uuid& own, protocol::faults& found) {
    protocol::reading r(object, "", found, protocol::unknown::ignore);
    names_file out;
    (void)r.one_of("typ", {"baken-namen"});
    if (r.integer("versie") != version) r.add("versie", "waarde", "Another version.");
    out.loket = r.text("loket", 40);
    out.van = r.id("van");
    out.dag = r.date("dag");
    out.mark = r.block<64>("handtekening");
    r.each("voor", most_names, [&](const json::value& value, std::string at) {
        if (!value.is_object()) return found.push_back({std::move(at), "type", "This must be an object."});
        protocol::reading one(value.as_object(), std::move(at), found, protocol::unknown::ignore);
        const auto lid = one.id("lid");
        auto sealed = one.binary("verzegeld");
        if (lid == own) out.sealed = std::move(sealed);
    });
    return out;
}

// Nothing where it is not what its outside says, or a name is none.
std::optional<local_names> read_inside(const crypto::plain& text, const names_file& outside) {
    auto object = protocol::parse_object(text.text());
    if (!object) return std::nullopt;
    protocol::faults found;
    protocol::reading r(*object, "", found, protocol::unknown::ignore);
    const bool fits =
        r.text("loket", 40) == outside.loket && r.id("van") == outside.van && r.date("dag") == outside.dag;
    local_names out;
    r.each("namen", most_names, [&](const json::value& value, std::string at) {
        if (!value.is_object()) return found.push_back({std::move(at), "type", "This must be an object."});
        protocol::reading one(value.as_object(), std::move(at), found, protocol::unknown::ignore);
        const auto lid = one.id("lid");
        auto name = one.text("naam", 400);
        if (!fault_of_name(name).empty()) one.add("naam", "waarde", "This is not a name.");
        out.give(lid, std::move(name));
    });
    if (!fits || !found.empty()) return std::nullopt;
    return out;
}

}  // namespace

client::result<std::string> write_names(const local_names& names,
                                        std::span<const protocol::membership> members,
                                        const protocol::key_file& own, protocol::day today) {
    const auto text = sealed_text(names, own, today);
    json::array list;
    for (const auto& member : members) {
        auto sealed = crypto::seal_box(crypto::as_bytes(text), member.box_key);
        if (!sealed) return std::unexpected(sealed.error());
        list.push_back(json::object{{"lid", member.lid.text()}, {"verzegeld", crypto::b64u(sealed->view())}});
    }
    json::object out{{"typ", "baken-namen"},  {"versie", version},   {"loket", own.loket},
                     {"van", own.lid.text()}, {"dag", today.text()}, {"voor", std::move(list)}};
    const auto mark = crypto::sign(crypto::as_bytes(signed_text(out)), *own.sign_keys);
    out["handtekening"] = crypto::b64u(mark);
    return protocol::to_text(out) + "\n";
}

client::result<local_names> read_names(std::string_view text, const std::string& file,
                                       std::span<const protocol::membership> members,
                                       const protocol::key_file& own) {
    while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
    auto object = protocol::parse_object(text);
    if (!object) return client::refuse(fmt::format("{}: {}", file, protocol::text(object.error())));
    protocol::faults found;
    const auto outside = read_outside(*object, own.lid, found);
    if (!found.empty() || !protocol::is_desk_id(outside.loket))
        return client::refuse(file + " is not a file that baken desk names --to wrote; make it again.");
    if (outside.loket != own.loket)
        return client::refuse(
            fmt::format("{} is of desk {}, and you are of desk {}.", file, outside.loket, own.loket));
    const auto sender =
        std::ranges::find_if(members, [&](const auto& one) { return one.lid == outside.van; });
    if (sender == members.end() || sender->rol != "beheerder")
        return client::refuse(fmt::format(
            "{} is from {}, who is not a lead of desk {} now; ask a lead for it: baken desk names --to FILE",
            file, outside.van.text(), own.loket));
    auto without = *object;
    without.stable_erase("handtekening");
    if (!crypto::verify(crypto::as_bytes(signed_text(without)), outside.mark, sender->sign_key))
        return client::refuse(fmt::format("{} was changed: it is not as {} signed it; ask for it again.",
                                          file, outside.van.text()));
    if (outside.sealed.empty())
        return client::refuse(
            file +
            " is not sealed to you: it was made before you were a member, or for others; ask "
            "a lead for a new one.");
    auto opened = crypto::open_box(outside.sealed, *own.box_keys);
    auto inside = opened ? read_inside(*opened, outside) : std::nullopt;
    if (!inside)
        return client::refuse(file + " does not open with your key, or holds no names; ask for it again.");
    return std::move(*inside);
}

}  // namespace desk

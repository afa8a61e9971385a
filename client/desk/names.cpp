#include "client/desk/names.hpp"

#include <fmt/format.h>

#include "client/desk/local_names.hpp"
#include "client/desk/names_file.hpp"
#include "client/desk/session_of.hpp"
#include "client/done.hpp"
#include "client/here/files.hpp"
#include "client/lead/standing.hpp"

namespace desk {
namespace {

constexpr std::size_t largest_file = 16u << 20;

protocol::json::object object_of(const local_names& names, std::string_view desk) {
    protocol::json::array list;
    for (const auto& [lid, name] : names.all())
        list.push_back(protocol::json::object{{"lid", lid.text()}, {"naam", name}});
    return {{"loket", protocol::json::string(desk)}, {"namen", std::move(list)}};
}

std::string told(const local_names& names, const standing& standing) {
    std::string out;
    for (const auto& member : standing.members)
        out += fmt::format("{}  {:<10}  {}\n", member.lid.text(), member.rol,
                           names.of(member.lid).empty() ? "-" : names.of(member.lid));
    for (const auto& [lid, name] : names.all())
        if (!standing.member(lid)) out += fmt::format("{}  {:<10}  {}\n", lid.text(), "no member", name);
    return out;
}

client::result<void> write(const client::session& session, const local_names& names, const standing& standing,
                           const names_order& order) {
    const auto& file = order.to;
    const auto* own = standing.member(session.keys().lid);
    if (!own || own->rol != "beheerder")
        return client::refuse(
            "Only what a lead calls the members goes to others; a lead runs: baken desk names "
            "--to FILE");
    if (names.all().empty())
        return client::refuse(
            "Nobody has a name on this machine; enrol gives one, or: baken desk names --name "
            "LID=NAME");
    auto text = write_names(names, standing.members, session.keys(), session.today());
    if (!text) return std::unexpected(text.error());
    if (auto made = client::create_file(file, *text, 0600); !made) return made;
    return say_done(
        order.json, object_of(names, session.desk()),
        fmt::format("Made {}: {} names, sealed to the {} members of desk {}. Carry it to their machines; "
                    "there: baken desk names --from FILE\n",
                    file, names.all().size(), standing.members.size(), session.desk()));
}

client::result<void> take(const client::session& session, local_names names, const standing& standing,
                          const names_order& order) {
    auto text = client::read_file(order.from, largest_file);
    if (!text) return std::unexpected(text.error());
    auto given = read_names(*text, order.from, standing.members, session.keys());
    if (!given) return std::unexpected(given.error());
    int fresh = 0;
    std::string kept;
    for (const auto& [lid, name] : given->all()) {
        const auto own = names.of(lid);
        if (own == name) continue;
        if (!own.empty() && !order.overwrite) {
            kept += fmt::format("{} stays {} here, and is {} there; --overwrite takes those of the file.\n",
                                lid.text(), own, name);
            continue;
        }
        names.give(lid, name);
        ++fresh;
    }
    if (auto written = names.write(session.memory(), session.desk()); !written) return written;
    return say_done(order.json, object_of(names, session.desk()),
                    fmt::format("{}Took {} names from {}.\n", kept, fresh, order.from));
}

}  // namespace

client::result<void> names(const names_order& order) {
    auto session = session_of(order.place);
    if (!session) return std::unexpected(session.error());
    auto own = local_names::read(session->memory(), session->desk());
    if (!own) return std::unexpected(own.error());
    auto standing = view_standing(*session);
    if (!standing) return std::unexpected(standing.error());
    if (!standing->is_member)
        return client::refuse(
            standing->other_time.empty()
                ? fmt::format("The server does not know you as a member of desk {}, so it shows you none "
                              "of its members; baken desk status says more.",
                              session->desk())
                : fmt::format("The desk's members were not fetched: {}.", standing->other_time));
    if (!order.to.empty()) return write(*session, *own, *standing, order);
    if (!order.from.empty()) return take(*session, std::move(*own), *standing, order);
    for (const auto& [lid, name] : order.given) own->give(lid, name);
    if (!order.given.empty())
        if (auto written = own->write(session->memory(), session->desk()); !written) return written;
    return say_done(order.json, object_of(*own, session->desk()), told(*own, *standing));
}

}  // namespace desk

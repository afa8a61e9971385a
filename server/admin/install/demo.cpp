#include "server/admin/install/demo.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "base/process/user.hpp"
#include "client/here/files.hpp"
#include "client/here/key_files.hpp"
#include "server/admin/directory/compose.hpp"
#include "server/admin/directory/root_key.hpp"

namespace admin {
namespace {

namespace fs = std::filesystem;

protocol::key_file make_person(const std::string& desk, std::string_view soort) {
    protocol::key_file out;
    out.soort = soort;
    out.loket = desk;
    out.lid = crypto::uuid::random();
    if (soort == "beheerder") out.top_key = crypto::sign_keys::random();
    out.sign_keys = crypto::sign_keys::random();
    out.box_keys = crypto::box_keys::random();
    return out;
}

std::string profile(const std::string& server, const std::string& desk, const std::string& person) {
    return fmt::format(
        "server = \"{}\"\nroot = \"../../root.pub\"\ncacert = \"../../tls/cert.pem\"\nloket = \"{}\"\nkey = "
        "\"{}.key\"\n"
        "passphrase-file = \"../passphrase\"\nstate = \"{}.state\"\n",
        server, desk, person, person);
}

// What the newest stand has in force: only that is carried on. What a stand dropped stays dropped
// (protocol §2).
protocol::desk_state state_of(const site& site, const std::string& desk) {
    const auto* state = site.snapshot()->directory.desk(desk);
    return state ? *state : protocol::desk_state();
}

client::result<int> renew_gids(site& site, const std::string& data, protocol::day today) {
    auto current = site.current();
    if (!current) return std::unexpected(current.error());
    if (!*current || (*current)->gids.tot - today >= renew_days) return 0;
    auto root = open_root_key(data + "/demo/root.key", data + "/demo/passphrase");
    if (!root) return std::unexpected(root.error());
    auto next = next_gids((*current)->gids, (*current)->table, today);
    protocol::sign_document(next, *root);
    if (auto ok = site.publish(next, (*current)->table); !ok) return std::unexpected(ok.error());
    return 1;
}

bool enough(const trust::snapshot& now, const std::string& desk, int weeks, protocol::day today) {
    const auto* state = now.directory.desk(desk);
    if (!state || state->stand->tot - today < renew_days) return false;
    auto week = protocol::epoch::of(today);
    for (int i = 0; i < weeks; ++i)
        if (!state->key(week.next(i))) return false;
    return true;
}

}  // namespace

demo_desk make_people(const std::string& desk) {
    return {desk, make_person(desk, "beheerder"), make_person(desk, "beheerder"),
            make_person(desk, "medewerker")};
}

client::result<void> write_people(const std::string& demo, const demo_desk& desk, const std::string& server,
                                  const crypto::plain& passphrase) {
    std::string home = demo + "/" + desk.id;
    if (auto ok = client::make_directory(home); !ok) return ok;
    const std::pair<const char*, const protocol::key_file*> people[] = {
        {"beheerder1", &desk.lead1}, {"beheerder2", &desk.lead2}, {"medewerker", &desk.officer}};
    for (const auto& [name, keys] : people) {
        std::string path = home + "/" + name;
        if (auto ok = client::create_key_file(path + ".key", *keys, passphrase, crypto::cost_interactive);
            !ok)
            return ok;
        if (auto ok = client::create_file(path + ".toml", profile(server, desk.id, name), 0600); !ok)
            return ok;
    }
    return {};
}

client::result<int> top_up_desk(site& site, const std::string& desk, const crypto::sign_keys& lead,
                                const std::vector<protocol::key_file>& members, int weeks) {
    auto today = protocol::system_clock().today();
    int made = 0;
    auto state = state_of(site, desk);
    std::vector<protocol::membership> in_force;
    for (const auto& member : state.members)
        if (today <= member.tot) in_force.push_back(member);
    std::vector<std::string> sleutels;
    for (const auto& key : state.keys)
        if (today <= key.tot()) sleutels.push_back(key.hash);
    for (const auto& person : members) {
        auto member = protocol::issue_membership(desk, person.lid, person.sign_keys->public_key,
                                                 person.box_keys->public_key, person.soort, today, lead);
        if (auto ok = site.hand_in(member, lead); !ok) return std::unexpected(ok.error());
        in_force.push_back(std::move(member));
        ++made;
    }
    auto week = protocol::epoch::of(today);
    for (int i = 0; i < weeks; ++i) {
        if (state.key(week.next(i))) continue;
        auto key = protocol::issue_epoch_key(desk, week.next(i), in_force, lead);
        if (!key) return client::refuse(std::string(crypto::text(key.error())));
        if (auto ok = site.hand_in(*key, lead); !ok) return std::unexpected(ok.error());
        sleutels.push_back(key->key.hash);
        ++made;
    }
    std::vector<std::string> leden;
    for (const auto& member : in_force) leden.push_back(member.hash);
    auto stand = protocol::issue_stand(state.stand, desk, std::move(leden), std::move(sleutels), today, lead);
    if (auto ok = site.hand_in(stand, lead); !ok) return std::unexpected(ok.error());
    return made + 1;
}

client::result<int> top_up(const std::string& data) {
    std::error_code error;
    if (!fs::exists(data + "/demo/root.key", error))
        return client::refuse(error && error != std::errc::no_such_file_or_directory
                                  ? fmt::format("{}/demo cannot be read{}: {}.", data,
                                                process::by_whom(error.value()), error.message())
                                  : data + " is not a demonstration: its leads renew their own keys.");
    auto site = site::open(data);
    if (!site) return std::unexpected(site.error());
    if ((*site)->running())
        return client::refuse("A server runs on this data directory already; stop that one first.");
    auto today = protocol::system_clock().today();
    auto made = renew_gids(**site, data, today);
    if (!made) return made;
    auto now = (*site)->snapshot();
    for (const auto& entry : now->directory.newest().loketten) {
        int weeks = entry.id == now->table.standaard() ? demo_weeks_default : demo_weeks;
        std::string key = data + "/demo/" + entry.id + "/beheerder1.key";
        if (enough(*now, entry.id, weeks, today) || !fs::exists(key, error)) continue;
        auto lead = client::open_key_file(key, data + "/demo/passphrase");
        if (!lead) return std::unexpected(lead.error());
        auto more = top_up_desk(**site, entry.id, *lead->top_key, {}, weeks);
        if (!more) return more;
        *made += *more;
    }
    return *made;
}

}  // namespace admin

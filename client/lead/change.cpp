#include "client/lead/change.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "client/print.hpp"
#include "crypto/hash.hpp"

namespace desk {
namespace {

std::ptrdiff_t count(const std::vector<held_key>& keys, protocol::epoch week) {
    return std::count_if(keys.begin(), keys.end(), [&](const held_key& k) { return k.key.epoch == week; });
}

template <class T>
bool contains(const std::vector<T>& all, const T& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

// The mark only finds the secret; that it belongs to this very key is asked again.
const crypto::box_keys* secret_of(const epoch_secrets& held, const protocol::epoch_key& key) {
    auto at = held.by_mark.find(crypto::key_mark(key.public_key));
    return at == held.by_mark.end() || at->second.public_key != key.public_key ? nullptr : &at->second;
}

bool can_pass_on(const std::vector<held_key>& keys, const epoch_secrets& held, protocol::epoch week) {
    return std::any_of(keys.begin(), keys.end(), [&](const held_key& k) {
        return k.key.epoch == week && secret_of(held, k.key) != nullptr;
    });
}

// Whether the server would hand out a good wrap of this week's key by now: it does from the day before its
// window.
bool is_due(const std::vector<held_key>& keys, protocol::epoch week, protocol::day today) {
    return std::any_of(keys.begin(), keys.end(),
                       [&](const held_key& k) { return k.key.epoch == week && k.key.van() - 1 <= today; });
}

// A card with the lid of a member and other keys, or of one who reads no more: whoever has the old ones must
// not read on.
bool changes_keys(const standing& standing, const change& change) {
    return std::any_of(change.joining.begin(), change.joining.end(), [&](const auto& m) {
        const auto* before = standing.member(m.lid);
        return before && (before->box_key != m.box_key || (before->reads() && !m.reads()));
    });
}

// Works out one change; its members are read as steps, in the order of prepare().
struct preparing {
    const standing& before;
    const change& wanted;
    const epoch_secrets& held;
    std::string desk;
    const crypto::sign_keys& lead;
    protocol::day today;
    prepared out{};

    [[nodiscard]] bool joins(const crypto::uuid& lid) const {
        return std::any_of(wanted.joining.begin(), wanted.joining.end(),
                           [&](const auto& m) { return m.lid == lid; });
    }
    [[nodiscard]] bool by_another(const protocol::signed_document& document) const {
        return wanted.sign_again && document.signer != lead.public_key;
    }

    void members() {
        for (const auto& member : before.members) {
            if (wanted.leaving.contains(member.lid) || joins(member.lid)) continue;
            if (!by_another(member)) {
                out.members.push_back(member);
                continue;
            }
            out.members.push_back(protocol::issue_membership(
                desk, member.lid, member.sign_key, member.box_key, member.rol, today, lead, member.tot));
            out.leden.emplace_back(out.members.back(), epoch_wraps());
            ++out.signed_again;
        }
        for (const auto& member : wanted.joining) {
            out.members.push_back(member);
            out.leden.emplace_back(member, epoch_wraps());
        }
        // Who may not look at what the stand lists leaves it as it is.
        if (!before.is_member && before.stand) out.listed_members = before.stand->leden;
        for (const auto& member : before.is_member ? out.members : wanted.joining)
            if (!contains(out.listed_members, member.hash)) out.listed_members.push_back(member.hash);
    }

    // Whether anybody of the next stand could open anything.
    [[nodiscard]] bool nobody_reads() const {
        return std::ranges::none_of(out.members, &protocol::membership::reads);
    }

    // Whether those who join get the secret of this key: of every week that is not over on the day they join.
    [[nodiscard]] bool passes(const protocol::epoch_key& key) const {
        return !wanted.joining.empty() && (wanted.all_epochs || today <= key.tot());
    }

    std::expected<void, crypto::errc> add_wrap(protocol::issued_key& to, const crypto::box_keys& secret,
                                               const protocol::membership& member) {
        auto sealed = protocol::wrap(secret, member.box_key);
        if (!sealed) return std::unexpected(sealed.error());
        to.wraps.emplace_back(member.lid, std::move(*sealed));
        return {};
    }

    // The key with wraps for those who join. Signed by another lead and to be signed again: with those of
    // everybody who was there in its week, under this lead's signature.
    std::expected<protocol::issued_key, crypto::errc> passed(const protocol::epoch_key& key,
                                                             const crypto::box_keys& secret, bool again) {
        protocol::issued_key issued{key, {}};
        if (again) protocol::sign_document(issued.key, lead);
        for (const auto& member : out.members) {
            if (!member.reads()) continue;
            bool due = joins(member.lid) ? passes(key) : again && before.since(member) <= key.tot();
            if (!due) continue;
            if (auto ok = add_wrap(issued, secret, member); !ok) return std::unexpected(ok.error());
        }
        return issued;
    }

    std::expected<void, crypto::errc> pass_by_week(const protocol::epoch_key& key,
                                                   const crypto::box_keys& secret) {
        for (auto& [member, wraps] : out.leden) {
            if (!joins(member.lid) || !member.reads()) continue;
            auto sealed = protocol::wrap(secret, member.box_key);
            if (!sealed) return std::unexpected(sealed.error());
            wraps.emplace_back(key.epoch, std::move(*sealed));
        }
        return {};
    }

    // One key that is at hand: its secret is passed on, it is signed again, and it stays listed or not.
    std::expected<void, crypto::errc> old_key(const protocol::epoch_key& key, bool listed) {
        const auto* secret = secret_of(held, key);
        bool again = secret && by_another(key);
        bool pass = secret && passes(key);
        auto hash = key.hash;
        if (pass) out.passed_on.push_back(key.epoch);
        // The server finds a key by its week only where one alone is listed; others are named themselves.
        if (pass && !again && listed && count(before.keys, key.epoch) == 1) {
            if (auto ok = pass_by_week(key, *secret); !ok) return ok;
        } else if (pass || again) {
            auto issued = passed(key, *secret, again);
            if (!issued) return std::unexpected(issued.error());
            hash = issued->key.hash;
            out.signed_again += again ? 1 : 0;
            out.sleutels.push_back(std::move(*issued));
        }
        bool over = key.epoch < protocol::epoch::of(today);
        bool dropped = !over && (nobody_reads() || contains(out.fresh, key.epoch));
        if (listed && !dropped) out.listed_keys.push_back(hash);
        return {};
    }

    std::expected<void, crypto::errc> keys() {
        out.fresh = fresh_weeks(before, held, wanted, today);
        // A key that nobody could open must not be sealed to: reports then go to the desk's fallback.
        if (nobody_reads()) out.fresh.clear();
        for (const auto& one : before.keys)
            if (auto ok = old_key(one.key, true); !ok) return ok;
        for (const auto& one : before.others)
            if (auto ok = old_key(one.key, false); !ok) return ok;
        for (auto week : out.fresh) {
            auto issued = protocol::issue_epoch_key(desk, week, out.members, lead);
            if (!issued) return std::unexpected(issued.error());
            out.listed_keys.push_back(issued->key.hash);
            out.sleutels.push_back(std::move(*issued));
        }
        return {};
    }
};

}  // namespace

std::vector<protocol::epoch> missing_weeks(const std::vector<held_key>& keys, protocol::day today,
                                           int weeks) {
    std::vector<protocol::epoch> out;
    for (int i = 0; i < weeks; ++i) {
        auto week = protocol::epoch::of(today).next(i);
        if (count(keys, week) != 1) out.push_back(week);
    }
    return out;
}

int weeks_ahead(const std::vector<held_key>& keys, protocol::day today) {
    int out = 0;
    while (count(keys, protocol::epoch::of(today).next(out)) == 1) ++out;
    return out;
}

std::vector<protocol::epoch> fresh_weeks(const standing& standing, const epoch_secrets& held,
                                         const change& change, protocol::day today) {
    bool left = change.all_fresh || !change.leaving.empty() || !standing.gone.empty() ||
                changes_keys(standing, change);
    auto end_of_wanted = protocol::epoch::of(today).next(change.weeks);
    auto end = end_of_wanted;
    for (const auto& one : standing.keys) end = std::max(end, one.key.epoch.next());
    std::vector<protocol::epoch> out;
    for (auto week = protocol::epoch::of(today); week < end; week = week.next()) {
        auto there = count(standing.keys, week);
        bool lacking = there > 1 || (there == 0 && week < end_of_wanted);
        bool shut = there == 1 && (!change.joining.empty() || is_due(standing.keys, week, today)) &&
                    !can_pass_on(standing.keys, held, week);
        if (left || lacking || shut) out.push_back(week);
    }
    return out;
}

std::expected<prepared, crypto::errc> prepare(const standing& standing, const change& change,
                                              const epoch_secrets& held, std::string_view desk,
                                              const crypto::sign_keys& lead, protocol::day today) {
    preparing work{standing, change, held, std::string(desk), lead, today};
    work.members();
    if (!standing.is_member) {
        if (standing.stand) work.out.listed_keys = standing.stand->sleutels;
        return std::move(work.out);
    }
    if (auto ok = work.keys(); !ok) return std::unexpected(ok.error());
    auto& passed = work.out.passed_on;
    std::sort(passed.begin(), passed.end());
    passed.erase(std::unique(passed.begin(), passed.end()), passed.end());
    return std::move(work.out);
}

epoch_secrets secrets_of(const standing& standing, const crypto::box_keys& member) {
    auto all = standing.keys;
    all.insert(all.end(), standing.others.begin(), standing.others.end());
    return unwrap(all, member);
}

std::string told_spoiled(const epoch_secrets& held) {
    std::string out;
    for (const auto& week : held.spoiled)
        out += fmt::format("Your wrap of week {} was not passed on: {}\n", week,
                           protocol::text(protocol::errc::wrong_secret));
    return out;
}

// Keys and memberships first, the stand last, and only one stand. Until it is taken everything handed in
// merely waits, and the old members and keys stay in force: a command that breaks off leaves the desk as it
// was, and the same command run again makes new keys and finishes. With a stand without the member first, a
// command that broke off would leave a desk whose keys the one who left still holds, and nothing that reminds
// anybody of it. With one stand for both there is no such moment, nor one without a usable key. The price is
// the second or two that the handing in takes, in which the one who leaves can still ask for what they could
// ask for all day.
client::result<protocol::stand> carry_out(client::session& session, const standing& standing,
                                          const prepared& prepared) {
    auto steps = prepared.leden.size() + prepared.sleutels.size();
    if (steps > 3) progress(fmt::format("Handing in {} signed documents.\n", steps));
    for (const auto& [member, wraps] : prepared.leden)
        if (auto done = hand_in(session, member, wraps); !done) return std::unexpected(done.error());
    for (const auto& key : prepared.sleutels)
        if (auto done = hand_in(session, key); !done) return std::unexpected(done.error());
    return publish(session, standing, prepared.listed_members, prepared.listed_keys);
}

std::string lead_shortage(std::string_view desk, std::span<const protocol::membership> members,
                          std::size_t named) {
    auto enrolled =
        std::count_if(members.begin(), members.end(), [](const auto& m) { return m.rol == "beheerder"; });
    if (enrolled >= 2 && named >= 2) return {};
    return fmt::format(
        "Warning: desk {} has {} leads enrolled and {} named in the directory. With fewer than two, one lost "
        "key leaves nobody who can make keys or members: baken desk keygen --rol beheerder, the "
        "administrator names the new lead key, then baken desk enrol.\n",
        desk, enrolled, named);
}

std::string told_gone(const standing& standing) {
    std::string out;
    for (const auto& one : standing.gone)
        out +=
            fmt::format("A membership no longer counts: {}. All weeks from this one on got new keys.\n", one);
    return out;
}

}  // namespace desk

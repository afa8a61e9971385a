#include "client/here/state.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "client/here/files.hpp"
#include "crypto/encoding.hpp"
#include "crypto/hash.hpp"

namespace client {
namespace {

constexpr std::size_t most_state = 16u << 20;

std::string lock_of(const std::string& directory) { return directory + "/lock"; }
std::string confirmed_in(const std::string& directory) { return directory + "/confirmed"; }

// Nothing where the file was never made.
result<std::optional<std::string>> text_or_nothing(const std::string& path) {
    std::error_code gone;
    // One that may not be looked at is not taken for one that was never made: reading it says why.
    if (!std::filesystem::exists(path, gone) && !gone) return std::nullopt;
    auto text = read_file(path, most_state);
    if (!text) return std::unexpected(text.error());
    return std::move(*text);
}

std::string confirmation(std::string_view desk, std::string_view fingerprint) {
    return fmt::format("{} {}\n", desk, fingerprint);
}

}  // namespace

protocol::seen merged(protocol::seen a, const protocol::seen& b) {
    a.gids.insert(b.gids.begin(), b.gids.end());
    for (const auto& [desk, mark] : b.stands) {
        auto [at, fresh] = a.stands.try_emplace(desk, mark);
        if (!fresh && at->second.versie < mark.versie) at->second = mark;
    }
    for (const auto& [desk, heads] : b.trails) {
        auto& own = a.trails[desk];
        // Written together, so one of the two is older where they differ.
        if (own.empty() || own.back().regel < heads.back().regel) own = heads;
    }
    a.followed.insert(b.followed.begin(), b.followed.end());
    return a;
}

state::state(std::string directory, std::span<const crypto::sign_public> roots, std::int64_t least_version)
    : directory_(std::move(directory)), least_(least_version) {
    for (const auto& root : roots)
        files_.push_back(directory_ + "/" + crypto::hex(crypto::key_mark(root)) + ".json");
}

result<protocol::seen> state::load() const {
    protocol::seen out;
    for (const auto& path : files_) {
        auto text = text_or_nothing(path);
        if (!text) return std::unexpected(text.error());
        if (!*text) continue;
        while ((*text)->ends_with('\n')) (*text)->pop_back();
        auto one = protocol::seen::read(**text);
        if (!one)
            return refuse(
                path +
                " cannot be read, so what this machine saw before is unknown; restore it, or move it away "
                "if you accept that nothing of it is known any more.");
        out = merged(std::move(*one), out);
    }
    out.least = least_;
    return out;
}

result<file_lock> state::locked() const {
    const auto explained = [](refusal why) {
        why.sentence += " This machine keeps there what servers showed; name another directory with --state.";
        return std::unexpected(std::move(why));
    };
    if (auto made = make_directory(directory_); !made) return explained(made.error());
    auto lock = file_lock::take(lock_of(directory_));
    if (!lock) return explained(lock.error());
    return lock;
}

result<protocol::seen> state::read() const {
    auto lock = locked();
    if (!lock) return std::unexpected(lock.error());
    return load();
}

result<void> state::change(const std::function<result<void>(protocol::seen&)>& change) const {
    auto lock = locked();
    if (!lock) return std::unexpected(lock.error());
    auto memory = load();
    if (!memory) return std::unexpected(memory.error());
    auto before = memory->write();
    if (auto done = change(*memory); !done) return done;
    auto after = memory->write();
    for (const auto& path : files_) {
        std::error_code gone;
        if (after == before && std::filesystem::exists(path, gone)) continue;
        if (auto written = replace_file(path, after); !written) return written;
    }
    return {};
}

result<void> state::take_head(const protocol::seen& before, std::string_view desk,
                              const protocol::trail_head& head) const {
    protocol::seen then = before;
    if (auto ok = protocol::remember_head(then, desk, head); !ok) return std::unexpected(ok.error());
    return change([&](protocol::seen& now) -> result<void> {
        auto at = now.trails.find(desk);
        if (at != now.trails.end() && head.regel < at->second.back().regel) return {};
        if (auto ok = protocol::remember_head(now, desk, head); !ok) return std::unexpected(ok.error());
        return {};
    });
}

std::string state::handed_in_of(std::string_view desk) const {
    return fmt::format("{}/handed-in-{}", directory_, desk);
}

result<void> state::keep_handed_in(std::string_view desk, std::string_view line) const {
    constexpr std::size_t most_kept = 1u << 20;
    auto lock = locked();
    if (!lock) return std::unexpected(lock.error());
    auto before = text_or_nothing(handed_in_of(desk));
    if (!before) return std::unexpected(before.error());
    auto text = before->value_or("");
    text.append(line).append("\n");
    if (text.size() > most_kept) text.erase(0, text.find('\n', text.size() - most_kept) + 1);
    return replace_file(handed_in_of(desk), text);
}

result<std::vector<std::string>> state::handed_in(std::string_view desk) const {
    auto text = text_or_nothing(handed_in_of(desk));
    if (!text) return std::unexpected(text.error());
    std::vector<std::string> out;
    const auto all = text->value_or("");
    for (std::size_t at = 0; at < all.size();) {
        const auto end = std::min(all.find('\n', at), all.size());
        out.push_back(all.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

result<std::optional<std::string>> state::note(std::string_view name) const {
    return text_or_nothing(fmt::format("{}/{}", directory_, name));
}

result<void> state::set_note(std::string_view name, std::optional<std::string_view> text) const {
    if (auto made = make_directory(directory_); !made) return made;
    auto lock = file_lock::take(lock_of(directory_));
    if (!lock) return std::unexpected(lock.error());
    const auto path = fmt::format("{}/{}", directory_, name);
    if (text) return replace_file(path, *text);
    std::error_code fault;
    std::filesystem::remove(path, fault);
    if (fault) return refuse(fmt::format("{} cannot be removed: {}.", path, fault.message()));
    return {};
}

result<bool> state::confirmed(std::string_view desk, std::string_view fingerprint) const {
    auto text = text_or_nothing(confirmed_in(directory_));
    if (!text) return std::unexpected(text.error());
    auto line = confirmation(desk, fingerprint);
    return *text && ((*text)->starts_with(line) || (*text)->find("\n" + line) != std::string::npos);
}

result<void> state::confirm(std::string_view desk, std::string_view fingerprint) const {
    auto lock = locked();
    if (!lock) return std::unexpected(lock.error());
    auto known = confirmed(desk, fingerprint);
    if (!known) return std::unexpected(known.error());
    if (*known) return {};
    auto text = text_or_nothing(confirmed_in(directory_));
    if (!text) return std::unexpected(text.error());
    return replace_file(confirmed_in(directory_), text->value_or("") + confirmation(desk, fingerprint));
}

}  // namespace client

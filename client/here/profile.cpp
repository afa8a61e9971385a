#include "client/here/profile.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "base/settings/toml.hpp"
#include "client/here/escaped.hpp"
#include "client/here/files.hpp"
#include "client/here/typing.hpp"
#include "crypto/encoding.hpp"
#include "crypto/protocol/documents.hpp"

namespace client {
namespace {

std::string beside(const std::string& directory, const std::string& path) {
    return (std::filesystem::path(directory) / path).lexically_normal().string();
}

// An environment variable's directory, or one under the home directory; empty where neither is known.
std::string user_directory(const char* variable, std::string_view under_home) {
    // The XDG specification says to ignore a relative path here.
    if (const char* set = std::getenv(variable); set && *set == '/') return std::string(set) + "/baken";
    const char* home = std::getenv("HOME");
    if (!home || !*home) return {};
    return fmt::format("{}/{}/baken", home, under_home);
}

struct profile_reader {
    const std::string& directory;
    const std::string& name;
    profile out{};

    std::unexpected<refusal> wrong(std::string_view key, std::string_view what) const {
        return refuse(fmt::format("{}: '{}' {}", name, key, what));
    }

    result<std::string> text(std::string_view key, const toml::node& value) const {
        const auto* string = value.as_string();
        if (!string) return wrong(key, "must be a text in quotes.");
        if (string->get().empty()) return wrong(key, "is empty; write a value or leave the line out.");
        return string->get();
    }

    result<void> path(std::string_view key, const toml::node& value, std::string& to) const {
        auto read = text(key, value);
        if (!read) return std::unexpected(read.error());
        to = beside(directory, *read);
        return {};
    }

    result<void> roots(const toml::node& value) {
        const auto* array = value.as_array();
        if (!array) return path("root", value, out.root.emplace_back());
        if (array->empty() || array->size() > 2)
            return wrong("root", "names one file, or two while the root key changes.");
        for (const auto& one : *array)
            if (auto ok = path("root", one, out.root.emplace_back()); !ok) return ok;
        return {};
    }

    result<void> plain_text(std::string_view key, const toml::node& value, std::string& to) const {
        auto read = text(key, value);
        if (!read) return std::unexpected(read.error());
        to = std::move(*read);
        return {};
    }

    result<void> version(std::string_view key, const toml::node& value) {
        auto read = value.is_integer() ? value.value<std::int64_t>() : std::nullopt;
        if (!read || *read < 1) return wrong(key, "must be a version of the directory: 1 or more.");
        out.least_version = *read;
        return {};
    }

    result<void> take(std::string_view key, const toml::node& value) {
        if (key == "root") return roots(value);
        if (key == "server") return plain_text(key, value, out.server);
        if (key == "loket") return plain_text(key, value, out.loket);
        if (key == "cacert") return path(key, value, out.cacert);
        if (key == "key") return path(key, value, out.key);
        if (key == "passphrase-file") return path(key, value, out.passphrase_file);
        if (key == "state") return path(key, value, out.state);
        if (key == "least-version") return version(key, value);
        static constexpr std::array<std::string_view, 8> known{
            "server", "root", "cacert", "loket", "key", "passphrase-file", "state", "least-version"};
        const auto close = close_to(key, known);
        if (!close.empty())
            return wrong(key,
                         fmt::format("is not a key of a profile; did you mean {}?", listed(close, "or")));
        return wrong(key, fmt::format("is not a key of a profile; there are: {}.", listed(known, "and")));
    }
};

// The profile that was read, or the one that would be.
std::string profile_to_write(const profile& profile) {
    if (!profile.file.empty()) return profile.file;
    const auto usual = user_directory("XDG_CONFIG_HOME", ".config");
    return usual.empty() ? "a profile, and name that with --profile" : usual + "/baken.toml";
}

// A file that cannot be used, and where it was named.
template <class T>
std::unexpected<refusal> named(const result<T>& unread, std::string_view what, std::string_view flag,
                               std::string_view key, const profile& profile, bool by_flag) {
    auto out = unread.error();
    out.sentence += by_flag || profile.file.empty()
                        ? fmt::format(" It is named as {} by {}.", what, flag)
                        : fmt::format(" It is named as {} by {} in {}.", what, key, profile.file);
    return std::unexpected(std::move(out));
}

std::unexpected<refusal> missing(const profile& profile, std::string_view what, std::string_view flag,
                                 std::string_view key) {
    return refuse(fmt::format("{} is not known: say {}, or write {} = \"…\" into {}.", what, flag, key,
                              profile_to_write(profile)),
                  wrong_use);
}

}  // namespace

result<profile> read_profile(std::string_view toml_text, const std::string& directory,
                             const std::string& name) {
    auto parsed = settings::parse_toml(toml_text);
    if (!parsed)
        return refuse(fmt::format("{}, line {}: this is not TOML: {}.", name, parsed.error().line,
                                  parsed.error().sentence));
    profile_reader reader{directory, name};
    reader.out.file = name;
    for (const auto& [key, value] : *parsed)
        if (auto ok = reader.take(key.str(), value); !ok) return std::unexpected(ok.error());
    return std::move(reader.out);
}

result<profile> load_profile(const std::string& named_file) {
    auto path = named_file;
    if (path.empty()) {
        auto directory = user_directory("XDG_CONFIG_HOME", ".config");
        std::error_code
            error;  // one that cannot be looked at is not there for us either: reading it says why
        if (directory.empty() || (!std::filesystem::exists(directory + "/baken.toml", error) && !error))
            return profile{};
        path = directory + "/baken.toml";
    }
    auto text = read_file(path);
    if (!text) return std::unexpected(text.error());
    return read_profile(*text, std::filesystem::path(path).parent_path().string(), path);
}

profile overlaid(profile file, const profile& flags) {
    auto over = [](auto& below, const auto& above) {
        if (!above.empty()) below = above;
    };
    over(file.server, flags.server);
    over(file.root, flags.root);
    over(file.cacert, flags.cacert);
    over(file.loket, flags.loket);
    over(file.key, flags.key);
    over(file.passphrase_file, flags.passphrase_file);
    over(file.state, flags.state);
    file.server_flag = file.server_flag || !flags.server.empty();
    file.root_flag = file.root_flag || !flags.root.empty();
    file.least_version = std::max(file.least_version, flags.least_version);
    return file;
}

result<void> all_said(const profile& profile, bool of_a_desk) {
    std::vector<std::string_view> whats, flags, keys_missing;
    const auto ask = [&](bool said, std::string_view what, std::string_view flag, std::string_view key) {
        if (said) return;
        whats.push_back(what);
        flags.push_back(flag);
        keys_missing.push_back(key);
    };
    ask(!profile.server.empty(), "the server", "--server URL", "server");
    ask(!profile.root.empty(), "the root key that you trust", "--root FILE", "root");
    ask(!of_a_desk || !profile.loket.empty(), "your desk", "--loket ID", "loket");
    ask(!of_a_desk || !profile.key.empty(), "your key file", "--key FILE", "key");
    if (whats.empty()) return {};
    return refuse(fmt::format("Not known yet: {}. Say {}, or write {} into {}.", listed(whats, "and"),
                              listed(flags, "and"), listed(keys_missing, "and"), profile_to_write(profile)),
                  wrong_use);
}

result<address> server_of(const profile& profile) {
    if (profile.server.empty()) return missing(profile, "The server", "--server URL", "server");
    auto out = address::parse(profile.server);
    if (!out)
        return refuse(fmt::format("'{}', {}, is not an address: {}", escaped_line(profile.server),
                                  place_of_server(profile), text(out.error())),
                      wrong_use);
    return std::move(*out);
}

std::string place_of_server(const profile& profile) {
    return profile.server_flag || profile.file.empty() ? "--server" : "the server of " + profile.file;
}

result<pinned_roots> roots_of(const profile& profile) {
    if (profile.root.empty()) return missing(profile, "The root key that you trust", "--root FILE", "root");
    if (profile.root.size() > 2)
        return refuse("At most two root keys are trusted at once; leave one --root away.", wrong_use);
    pinned_roots out;
    out.files = profile.root;
    if (!profile.root_flag) out.profile = profile.file;
    for (const auto& path : profile.root) {
        auto text = read_file(path, 1024);
        if (!text) return named(text, "the root key", "--root", "root", profile, profile.root_flag);
        auto key = read_root(*text, path);
        if (!key) return std::unexpected(key.error());
        out.keys.push_back(*key);
    }
    return out;
}

result<std::string> loket_of(const profile& profile) {
    if (profile.loket.empty()) return missing(profile, "Your desk", "--loket ID", "loket");
    if (!protocol::is_desk_id(profile.loket))
        return refuse(
            fmt::format("'{}' is not a desk's id: that is 1 to 40 of a-z, 0-9 and -, a letter first; "
                        "correct --loket, or loket in the profile.",
                        escaped_line(profile.loket)),
            wrong_use);
    return profile.loket;
}

result<std::string> key_of(const profile& profile) {
    if (profile.key.empty()) return missing(profile, "Your key file", "--key FILE", "key");
    return profile.key;
}

result<std::string> state_directory_of(const profile& profile) {
    if (!profile.state.empty()) return profile.state;
    auto directory = user_directory("XDG_STATE_HOME", ".local/state");
    if (directory.empty()) return missing(profile, "Where to remember what was seen", "--state DIR", "state");
    return directory;
}

result<crypto::sign_public> read_root(std::string_view text, const std::string& name) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    auto key = crypto::block_from_b64u<32>(text);
    if (!key)
        return refuse(
            name +
            " is not a root key: that is one line of 43 characters; get the file again from somebody you "
            "trust.");
    return *key;
}

}  // namespace client

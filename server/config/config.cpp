#include "server/config/config.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>
#include <unistd.h>

#include <fmt/format.h>

#include "base/process/user.hpp"
#include "base/settings/toml.hpp"
#include "base/text/ascii.hpp"
#include "crypto/encoding.hpp"
#include "server/config/reader.hpp"

namespace config {
namespace {

// "127.0.0.1:8443" or "[::1]:8443": brackets stand around an IPv6 address and nothing else, because without
// them nobody could say where its port begins.
std::optional<address> read_address(std::string_view text) {
    auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto host = text.substr(0, colon), port = text.substr(colon + 1);
    bool bracketed = host.starts_with('[') && host.ends_with(']');
    if (bracketed) host = host.substr(1, host.size() - 2);
    address out{std::string(host), 0};
    auto [end, bad] = std::from_chars(port.data(), port.data() + port.size(), out.port);
    std::array<unsigned char, 16> numeric{};
    bool is_numeric = ::inet_pton(bracketed ? AF_INET6 : AF_INET, out.host.c_str(), numeric.data()) == 1;
    if (!is_numeric || bad != std::errc() || end != port.data() + port.size()) return std::nullopt;
    return out;
}

std::optional<crypto::sign_public> read_root(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    auto key = crypto::block_from_b64u<32>(line);
    return key ? std::optional(*key) : std::nullopt;
}

std::string why_no_root(const std::filesystem::path& file) {
    if (::access(file.c_str(), R_OK) != 0) {
        const int why = errno;
        return fmt::format("cannot be read{}: {}", process::by_whom(why), std::strerror(why));
    }
    return "does not hold a public key in base64url on its first line";
}

// YYYY-MM-DD; whether there is such a day is judged where it is compared.
bool looks_like_a_day(std::string_view text) {
    constexpr std::string_view form = "0000-00-00";
    return text.size() == form.size() &&
           std::equal(text.begin(), text.end(), form.begin(),
                      [](char c, char f) { return f == '-' ? c == '-' : c >= '0' && c <= '9'; });
}

// KEY or KEY:YYYY-MM-DD, as it stands in the configuration or on the first line of a file. Else what is
// wrong.
std::expected<backup_key, std::string> read_backup_key(std::string text, const std::filesystem::path& home,
                                                       bool dated) {
    constexpr std::size_t key_size = 43;
    const bool is_key = text.size() == key_size || (text.size() > key_size && text[key_size] == ':');
    if (!is_key) {
        const auto file = home / text;
        std::error_code ignored;
        std::ifstream in(file);
        if (!std::getline(in, text))
            return std::unexpected(std::filesystem::exists(file, ignored)
                                       ? file.string() + " is empty or cannot be read"
                                       : "there is no file " + file.string());
    }
    const bool has_day = text.size() > key_size && text[key_size] == ':';
    if (has_day && !dated)
        return std::unexpected("a key with a last day is for wraps: put it into wrap-backup-keys");
    backup_key out;
    if (dated) {
        if (has_day) out.last_day = text.substr(key_size + 1);
        if (!looks_like_a_day(out.last_day))
            return std::unexpected(
                "this is not a public key with its last day (KEY:YYYY-MM-DD); `baken admin "
                "backup-keygen --for wraps` makes one");
        text.resize(key_size);
    }
    auto key = crypto::block_from_b64u<32>(text);
    if (!key || !crypto::can_seal_to(*key))
        return std::unexpected(
            "this is neither a public key nor a file with one on its first line; `baken admin backup-keygen` "
            "makes "
            "one");
    out.key = *key;
    return out;
}

std::vector<backup_key> read_backup_keys(reader& r, std::string_view name, const std::filesystem::path& home,
                                         bool dated) {
    std::vector<backup_key> out;
    for (const auto& text : r.texts(name, {})) {
        if (auto one = read_backup_key(text, home, dated))
            out.push_back(*one);
        else
            r.fault(name, fmt::format("'{}': '{}': {}", name, text, one.error()));
    }
    if (out.size() > 16) r.fault(name, fmt::format("'{}' names at most 16 keys", name));
    return out;
}

// A password in the address is a secret in this file.
bool holds_password(std::string_view uri) {
    const auto from = uri.find("://") + 3;
    const auto user = uri.substr(from, uri.find_first_of("/?", from) - from);
    const auto at = user.rfind('@');
    return uri.find("password=", from) != uri.npos ||
           (at != user.npos && user.substr(0, at).find(':') != user.npos);
}

bool others_can_read(const std::filesystem::path& file) {
    std::error_code error;
    const auto open = std::filesystem::status(file, error).permissions() &
                      (std::filesystem::perms::group_read | std::filesystem::perms::others_read);
    return open != std::filesystem::perms::none;
}

std::string read_store(reader& r, const std::filesystem::path& data, const std::filesystem::path& file) {
    constexpr std::string_view embedded = "sqlite:";
    auto where = r.text("store", "sqlite:baken.db");
    if (where.starts_with(embedded) && where.size() > embedded.size())
        return (data / where.substr(embedded.size())).lexically_normal().string();
    if (where.starts_with("postgresql://") || where.starts_with("postgres://")) {
        if (holds_password(where) && others_can_read(file))
            r.fault("store",
                    fmt::format("'store' holds a password and {} can be read by others; run: chmod 600 {}",
                                file.string(), file.string()));
        return where;
    }
    r.fault("store", "'store' is sqlite:FILE or postgresql://[user@][host]/database");
    return where;
}

waits read_waits(reader& r) {
    const waits usual;
    return {.handshake = r.seconds("wait-handshake", usual.handshake),
            .head = r.seconds("wait-head", usual.head),
            .idle = r.seconds("wait-idle", usual.idle),
            .body = r.seconds("wait-body", usual.body),
            .write = r.seconds("wait-write", usual.write)};
}

shedding read_shedding(reader& r) {
    using std::chrono::milliseconds;
    const shedding usual;
    const shedding out{.reading = r.delay("shed-reading", usual.reading, milliseconds(0)),
                       .writing = r.delay("shed-writing", usual.writing, milliseconds(0)),
                       .rescue = r.delay("shed-rescue", usual.rescue, milliseconds(1000))};
    // Whoever needs help most is asked last, also where an operator turns this.
    if (out.writing < out.reading)
        r.fault(r.given("shed-writing") ? "shed-writing" : "shed-reading",
                "'shed-writing' must be at least 'shed-reading'");
    if (out.rescue < out.writing)
        r.fault(r.given("shed-rescue") ? "shed-rescue" : "shed-writing",
                "'shed-rescue' must be at least 'shed-writing'");
    return out;
}

void read_volume(reader& r, const std::filesystem::path& home, config& out) {
    const bool file = !out.store.starts_with("postgres");
    if (file) out.disk = std::filesystem::path(out.store).parent_path();
    if (auto named = r.text("disk", "", true); !named.empty()) out.disk = (home / named).lexically_normal();
    std::error_code error;
    if (!out.disk.empty() && r.given("disk") && !std::filesystem::is_directory(out.disk, error))
        r.fault("disk", fmt::format("'disk': {} is not a directory", out.disk.string()));
    constexpr std::int64_t most = 1 << 24;  // 16 TiB
    const auto mebibytes = [&](std::string_view name, std::uint64_t otherwise, std::int64_t least) {
        return static_cast<std::uint64_t>(r.number(name, static_cast<std::int64_t>(otherwise), least, most));
    };
    out.disk_large = mebibytes("disk-large", out.disk_large, 0);
    out.disk_small = mebibytes("disk-small", out.disk_small, 0);
    out.disk_urgent = mebibytes("disk-urgent", out.disk_urgent, 0);
    out.intake_hour = mebibytes("intake-hour", out.intake_hour, 64);
    if (out.disk_large < out.disk_small || out.disk_small < out.disk_urgent)
        r.fault("disk-large",
                "'disk-large', 'disk-small', 'disk-urgent': the first is the largest, the last the smallest");
}

bool is_loopback(const std::string& host) {
    return host == "::1" || host.starts_with("127.") || host.starts_with("::ffff:127.");
}

// Its keys and passphrases lie beside it, and nobody waits at its desks: who reported something real there
// would be lost.
void keep_to_loopback(reader& r, config& out) {
    std::error_code error;
    const auto people = out.data / "demo";
    const bool made = std::filesystem::exists(people, error);
    if (!made && !out.demonstration) return;
    const auto why =
        made ? people.string() + " holds the keys of a demonstration" : "'demonstration' is true";
    out.demonstration = true;
    for (const auto& at : out.listen)
        if (!is_loopback(at.host))
            r.fault("listen",
                    fmt::format("'listen': {} is not loopback, and a demonstration listens there alone "
                                "({}); an installation in earnest is made by "
                                "baken admin init --root FILE",
                                at.host, why));
}

}  // namespace

std::expected<config, std::vector<std::string>> read(const std::filesystem::path& file) {
    std::ifstream in(file);
    const int why = errno;
    std::ostringstream all;
    all << in.rdbuf();
    // A directory opens like a file that is empty.
    std::error_code ignored;
    const bool directory = std::filesystem::is_directory(file, ignored);
    if (!in.is_open() || directory)
        return std::unexpected(std::vector<std::string>{
            fmt::format("it cannot be read{}: {}", process::by_whom(directory ? 0 : why),
                        std::strerror(directory ? EISDIR : why))});
    auto parsed = settings::parse_toml(all.str());
    if (!parsed)
        return std::unexpected(std::vector<std::string>{
            fmt::format("line {}: {}", parsed.error().line, parsed.error().sentence)});
    auto home = std::filesystem::absolute(file).parent_path();
    reader r(*parsed, home, keys());
    r.unknown_keys();
    config out;
    out.file = std::filesystem::absolute(file);
    out.data = r.path("data", ".").lexically_normal();
    out.store = read_store(r, out.data, file);
    for (const auto& text : r.texts("listen", {"127.0.0.1:8443", "[::1]:8443"})) {
        if (auto one = read_address(text))
            out.listen.push_back(*one);
        else
            r.fault("listen", fmt::format("'listen': '{}' is not a numeric address with a port", text));
    }
    for (auto& name : r.texts("names", {"localhost:8443", "127.0.0.1:8443", "[::1]:8443"}))
        out.names.push_back(base::lower(name));
    out.certificate = r.path("certificate", "tls/cert.pem");
    out.certificate_key = r.path("certificate-key", "tls/key.pem");
    auto roots = r.texts("root", {"root.pub"});
    if (roots.size() > 2) r.fault("root", "'root' names at most two files");
    for (const auto& name : roots) {
        if (auto key = read_root(home / name))
            out.roots.push_back(*key);
        else
            r.fault("root", fmt::format("'root': {} {}", (home / name).string(), why_no_root(home / name)));
    }
    out.schema = r.path("schema", "/usr/share/baken/schema").lexically_normal();
    if (auto own = r.text("schema-own", "", true); !own.empty())
        out.schema_own = (home / own).lexically_normal();
    out.demonstration = r.flag("demonstration");
    out.mailbox = r.flag("mailbox");
    out.confirmation = r.seconds("confirmation", out.confirmation);
    out.clock_every = r.seconds("clock-every", out.clock_every);
    if (auto profiles = r.text("retention", "", true); !profiles.empty())
        out.retention = (home / profiles).lexically_normal();
    out.threads = static_cast<unsigned>(r.number("threads", 0, 0, 64));
    out.connections = static_cast<std::size_t>(r.number("connections", 8000, 1, 1000000));
    out.waits = read_waits(r);
    out.shedding = read_shedding(r);
    out.languages = r.texts("languages", {"nl", "en"});
    out.about = read_about(r);
    out.backup_keys = read_backup_keys(r, "backup-keys", home, false);
    out.wrap_backup_keys = read_backup_keys(r, "wrap-backup-keys", home, true);
    read_volume(r, home, out);
    keep_to_loopback(r, out);
    if (!r.faults.empty()) return std::unexpected(std::move(r.faults));
    return out;
}

}  // namespace config

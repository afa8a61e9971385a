#include "server/admin/backup/destroyed.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "base/process/user.hpp"
#include "crypto/hash.hpp"
#include "server/admin/new_file.hpp"
#include "server/admin/read_config.hpp"
#include "server/store/open.hpp"
#include "server/store/whole.hpp"

namespace admin {

client::result<std::int64_t> write_destroyed(const std::string& data, const std::string& to) {
    auto config = read_config(data);
    if (!config) return std::unexpected(config.error());
    if (auto ok = must_be_new(to); !ok) return std::unexpected(ok.error());
    auto from = store::source::open(config->store, store::beside::servers);
    if (!from) return client::refuse(store::shown(config->store) + ": " + std::string(text(from.error())));
    auto file = new_file::make(to);
    if (!file) return std::unexpected(file.error());
    crypto::hasher hash;
    std::int64_t count = 0;
    client::result<void> written;
    auto read = from->each_destroyed([&](const crypto::uuid& id, std::int32_t day) {
        const auto line = fmt::format("{} {}\n", id.text(), protocol::day{day}.text());
        hash.add(crypto::as_bytes(line));
        ++count;
        if (written) written = file->write(crypto::as_bytes(line));
    });
    if (!read) return client::refuse(store::shown(config->store) + ": " + std::string(text(read.error())));
    const auto end = fmt::format("end {} {}\n", count, crypto::b64u(hash.finish()));
    if (written) written = file->write(crypto::as_bytes(end));
    if (written) written = file->settle();
    if (written) written = file->place();
    if (!written) return std::unexpected(written.error());
    return count;
}

client::result<void> read_destroyed(const std::string& path, const destroyed_taker& take) {
    std::ifstream in(path);
    if (!in) {
        const int why = errno;
        return client::refuse(
            fmt::format("{} cannot be read{}: {}.", path, process::by_whom(why), std::strerror(why)));
    }
    crypto::hasher hash;
    std::int64_t count = 0;
    for (std::string line; std::getline(in, line); ++count) {
        if (line.starts_with("end ")) {
            const bool last = in.peek() == std::ifstream::traits_type::eof();
            if (last && line == fmt::format("end {} {}", count, crypto::b64u(hash.finish()))) return {};
            return client::refuse(path + ": its end does not fit what comes before it; take another copy.");
        }
        auto id =
            crypto::uuid::parse(std::string_view(line).substr(0, std::min<std::size_t>(36, line.size())));
        auto day = line.size() == 47 && line[36] == ' '
                       ? protocol::day::parse(std::string_view(line).substr(37))
                       : std::nullopt;
        if (!id || !day)
            return client::refuse(
                fmt::format("{}: line {} is not `uuid YYYY-MM-DD`: neither a backup nor a list of "
                            "`baken admin destroyed`.",
                            path, count + 1));
        hash.add(crypto::as_bytes(line));
        hash.add(crypto::as_bytes("\n"));
        if (auto ok = take(*id, *day); !ok) return ok;
    }
    return client::refuse(path + " ends before its end: it was cut off; take another copy.");
}

}  // namespace admin

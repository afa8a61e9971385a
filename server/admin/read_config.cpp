#include "server/admin/read_config.hpp"

#include <fmt/format.h>

#include "base/process/user.hpp"

namespace admin {

client::result<config::config> read_config(const std::string& data) {
    const auto file = std::filesystem::path(data) / "bakend.toml";
    auto read = config::read(file);
    if (read) return std::move(*read);
    std::string all;
    std::error_code error;
    if (!std::filesystem::exists(file, error) && !error)
        return client::refuse(
            fmt::format("{}: it cannot be read: No such file or directory; name the data directory "
                        "that `baken admin init` made",
                        file.string()));
    for (const auto& fault : read.error()) all += (all.empty() ? "" : "\n") + file.string() + ": " + fault;
    return client::refuse(std::move(all));
}

client::refusal not_locked(const std::filesystem::path& data, config::errc error) {
    auto sentence = data.string() + ": " + std::string(config::text(error));
    if (error == config::errc::cannot_lock) sentence += " This runs as user " + process::user_name() + ".";
    return client::refusal(std::move(sentence));
}

}  // namespace admin

#include "server/config/log_key.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "base/process/user.hpp"
#include "crypto/encoding.hpp"

namespace config {

std::expected<crypto::sign_keys, std::string> read_log_key(const std::filesystem::path& file) {
    namespace fs = std::filesystem;
    constexpr std::size_t most = 64;
    std::error_code error;
    const auto others =
        fs::status(file, error).permissions() & (fs::perms::group_all | fs::perms::others_all);
    if (error)
        return std::unexpected(fmt::format("{} cannot be read{}: {}", file.string(),
                                           process::by_whom(error.value()), error.message()));
    if (others != fs::perms::none)
        return std::unexpected(
            fmt::format("{} can be read by others; run: chmod 600 {}", file.string(), file.string()));
    if (!fs::is_regular_file(file, error))
        return std::unexpected(fmt::format("{} is not a regular file", file.string()));
    crypto::plain text(most);
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return std::unexpected(fmt::format("{} cannot be read: {}", file.string(), std::strerror(errno)));
    in.rdbuf()->pubsetbuf(nullptr, 0);  // no copy of it in a buffer that nobody wipes
    in.read(reinterpret_cast<char*>(text.span().data()), most);
    std::string_view line(reinterpret_cast<const char*>(text.span().data()),
                          static_cast<std::size_t>(in.gcount()));
    line = line.substr(0, line.find('\n'));
    const auto bytes = crypto::plain_from_b64u(line);
    const auto seed = bytes ? crypto::seed::from(bytes->view()) : std::nullopt;
    if (!seed)
        return std::unexpected(
            fmt::format("{} does not hold a log key: a line of 43 characters of base64url", file.string()));
    return crypto::sign_keys::from(*seed);
}

}  // namespace config

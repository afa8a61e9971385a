#include "server/domain_files/read_whole.hpp"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <unistd.h>

#include "base/process/user.hpp"

namespace guide {

std::optional<std::string> read_whole(const std::filesystem::path& file) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored)) return std::nullopt;
    std::ifstream in(file, std::ios::binary);
    if (!in) return std::nullopt;
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (in.bad()) return std::nullopt;
    return text;
}

std::string why_unread(const std::filesystem::path& file) {
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored)) return "this is a directory where a file should be";
    if (::access(file.c_str(), R_OK) != 0 && errno == EACCES)
        return "it cannot be read" + process::by_whom(EACCES);
    return "the file is missing or cannot be read";
}

}  // namespace guide

#include "client/admin.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

namespace desk {

client::result<void> admin(const admin_order& order) {
    std::error_code unknown;
    auto own = std::filesystem::read_symlink("/proc/self/exe", unknown);
    if (unknown) return client::refuse("This program cannot find its own place; run baken-admin itself.");
    auto sibling = (own.parent_path() / "baken-admin").string();
    std::vector<std::string> words{sibling};
    words.insert(words.end(), order.arguments.begin(), order.arguments.end());
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    // What this process ignores the next one would ignore too.
    std::signal(SIGPIPE, SIG_DFL);
    ::execv(sibling.c_str(), argv.data());
    if (errno == ENOENT)
        return client::refuse(
            sibling + " is not there; install the administrator's package, or run this on the server.");
    return client::refuse(fmt::format("{} cannot be run: {}.", sibling, std::strerror(errno)));
}

}  // namespace desk

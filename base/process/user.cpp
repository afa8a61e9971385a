#include "base/process/user.hpp"

#include <array>
#include <cerrno>
#include <pwd.h>
#include <unistd.h>

namespace process {

std::string user_name() {
    std::array<char, 4096> room{};
    ::passwd entry{};
    ::passwd* found = nullptr;
    if (::getpwuid_r(::geteuid(), &entry, room.data(), room.size(), &found) == 0 && found)
        return found->pw_name;
    return "number " + std::to_string(::geteuid());
}

std::string by_whom(int error) {
    return error == EACCES || error == EPERM ? " by user " + user_name() : std::string();
}

}  // namespace process

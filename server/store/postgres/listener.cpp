#include "server/store/postgres/listener.hpp"

#include <fcntl.h>
#include <poll.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "server/watch/log.hpp"

namespace store::postgres {

listener::listener(std::string where, std::unique_ptr<connection> line,
                   std::function<void(std::string_view, int)> heard)
    : where_(std::move(where)), line_(std::move(line)), heard_(std::move(heard)) {
    if (::pipe2(end_, O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "a pipe could not be made");
    thread_ = std::thread([this] { run(); });
}

listener::~listener() {
    ::close(end_[1]);
    thread_.join();
    ::close(end_[0]);
}

bool listener::ended(int milliseconds) const {
    pollfd one{end_[0], POLLIN, 0};
    return ::poll(&one, 1, milliseconds) > 0;
}

void listener::run() {
    constexpr int retry = 500;
    constexpr std::chrono::milliseconds look{10'000};
    while (!ended(0)) {
        if (line_->heard(heard_, end_[0], look)) continue;
        watch::note("the database's messages broke off; connecting again");
        do {
            if (ended(retry)) return;
            line_ = connection::open(where_, use::listen).value_or(nullptr);
        } while (!line_);
        heard_("", 0);
    }
}

}  // namespace store::postgres

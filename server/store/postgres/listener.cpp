#include "server/store/postgres/listener.hpp"

#include <utility>

#include "base/watch/log.hpp"

namespace store::postgres {

listener::listener(std::string where, std::unique_ptr<connection> at, const ending& end,
                   std::function<void(std::string_view, int)> heard)
    : where_(std::move(where)), at_(std::move(at)), end_(end), heard_(std::move(heard)), thread_([this] {
          run();
      }) {}

listener::~listener() {
    end_.come();
    thread_.join();
}

void listener::run() {
    constexpr std::chrono::milliseconds now{0}, retry{500}, look{10'000};
    while (!end_.within(now)) {
        if (at_->heard(heard_, look)) continue;
        watch::note("the database's messages broke off; connecting again");
        do {
            if (end_.within(retry)) return;
            at_ = connection::open(where_, use::listen, &end_).value_or(nullptr);
        } while (!at_);
        heard_("", 0);
    }
}

}  // namespace store::postgres

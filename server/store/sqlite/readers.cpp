#include "server/store/sqlite/readers.hpp"

namespace store::sqlite {

std::expected<readers::lease, errc> readers::take() {
    {
        std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            connection db = std::move(idle_.back());
            idle_.pop_back();
            return lease(*this, std::move(db));
        }
    }
    auto opened = connection::open(path_, mode::read);
    if (!opened) return std::unexpected(errc::unavailable);
    return lease(*this, std::move(*opened));
}

void readers::give_back(connection db) {
    if (!db) return;  // moved from
    std::lock_guard lock(mutex_);
    idle_.push_back(std::move(db));
}

}  // namespace store::sqlite

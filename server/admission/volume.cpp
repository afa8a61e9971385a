#include "server/admission/volume.hpp"

#include <algorithm>
#include <utility>

#include "base/watch/log.hpp"

namespace admission {
namespace {

constexpr std::array<std::size_t, size_classes> body_sizes{4096, 16384, 65536, 262144};

// Of an hour, in sixty-fourths, by class: what does not call itself urgent, and what does. Nearly all of it
// belongs to the smallest class, in which a whole report fits that somebody types in a hurry.
struct part {
    unsigned ordinary, urgent;
};
constexpr std::array<part, size_classes> parts{{{40, 12}, {3, 3}, {2, 2}, {1, 1}}};
constexpr unsigned whole = 64;

// One sender may have this part of what is left, times the part that is left: after n senders who take all
// they can, one part in 1 + part × n is left for the next one.
constexpr double small_part = 1.0, large_part = 1.0 / 8;

// A stored body is written to the log first, and from there into the database.
constexpr std::uint64_t written_times = 2;

constexpr double hour = 3600;

}  // namespace

size_class class_of_request(std::size_t length) {
    size_class out = 0;
    // base64url makes four characters of three bytes.
    while (out + 1 < size_classes && length >= (body_sizes[out + 1] * 4 + 2) / 3) ++out;
    return out;
}

size_class class_of_body(std::size_t bytes) {
    const auto at = std::ranges::find_if(body_sizes, [bytes](std::size_t most) { return bytes <= most; });
    return std::min<std::size_t>(static_cast<std::size_t>(at - body_sizes.begin()), size_classes - 1);
}

importance importance_of(size_class size, bool urgent) {
    if (size >= 2) return importance::reading;
    return urgent ? importance::rescue : importance::writing;
}

volume::volume(limits limits) : limits_(limits) {
    for (size_class size = 0; size < size_classes; ++size)
        for (const bool urgent : {false, true}) {
            auto& one = of(size, urgent);
            const auto share = urgent ? parts[size].urgent : parts[size].ordinary;
            one.most =
                static_cast<double>(limits_.hour) * share / whole / static_cast<double>(body_sizes[size]);
            one.part = size == 0 ? small_part : large_part;
            one.by.assign(senders, 0);
        }
}

void volume::see(disk now) {
    room left;
    {
        const std::lock_guard lock(mutex_);
        disk_ = now;
        before_ = std::exchange(since_, 0);
        left = this->left();
        if (left == told_) return;
        told_ = left;
    }
    tell(left);
}

void volume::tell(room now) {
    switch (now) {
        case room::all:
            return watch::note("the disk has room again: reports of every size are taken");
        case room::no_large:
            return watch::note("the disk is getting full: large reports are refused");
        case room::smallest:
            return watch::note("the disk is getting full: all but the smallest reports are refused");
        case room::urgent:
            return watch::note("the disk is nearly full: only small reports that are urgent are taken");
    }
}

volume::room volume::left() const {
    if (!disk_) return room::all;
    const auto pending = (since_ + before_) * written_times;
    const auto free = disk_->free - std::min(disk_->free, pending);
    if (free < std::min(limits_.urgent, disk_->total / 10)) return room::urgent;
    if (free < std::min(limits_.small, disk_->total / 4)) return room::smallest;
    if (free < std::min(limits_.large, disk_->total / 2)) return room::no_large;
    return room::all;
}

// The old key and what was counted by it go together: nobody can be followed from one to the next.
void volume::rotate(clock::time_point now) {
    if (key_ && now - keyed_ < limits_.rotation) return;
    key_.emplace();
    keyed_ = now;
    for (auto& share : shares_) std::ranges::fill(share.by, 0);
}

sender volume::sender_of(std::span<const std::uint8_t> front, clock::time_point now) {
    const std::lock_guard lock(mutex_);
    rotate(now);
    return static_cast<sender>(key_->of(front) % senders);
}

bool volume::has(share& share, sender who, clock::time_point now) {
    const auto passed = std::chrono::duration<double>(now - share.at).count();
    if (passed > 0) {
        share.used = std::max(0.0, share.used - share.most * std::min(passed / hour, 1.0));
        share.at = now;
    }
    const auto left = share.most - share.used;
    return left >= 1 && share.by[who] + 1.0 <= std::max(1.0, share.part * left * left / share.most);
}

volume::share* volume::find(sender who, size_class size, bool urgent, clock::time_point now) {
    rotate(now);
    const auto room = left();
    if (size >= 2 && room >= room::no_large) return nullptr;
    if (size >= 1 && room >= room::smallest) return nullptr;
    if (urgent)
        if (auto& own = of(size, true); has(own, who, now)) return &own;
    if (room == room::urgent) return nullptr;
    auto& others = of(size, false);
    return has(others, who, now) ? &others : nullptr;
}

bool volume::could_take(sender who, size_class size, clock::time_point now) {
    const std::lock_guard lock(mutex_);
    return find(who, size, true, now) != nullptr;
}

std::optional<volume::permit> volume::take(sender who, size_class size, bool urgent, clock::time_point now) {
    const std::lock_guard lock(mutex_);
    auto* share = find(who, size, urgent, now);
    if (!share) return std::nullopt;
    share->used += 1;
    ++share->by[who];
    since_ += body_sizes[size];
    return permit(*this, *share, who, body_sizes[size], share == &of(size, true));
}

void volume::give_back(share& share, sender who, std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    share.used = std::max(0.0, share.used - 1);
    if (share.by[who] > 0) --share.by[who];  // the key may have changed since
    since_ -= std::min<std::uint64_t>(since_, bytes);
}

}  // namespace admission

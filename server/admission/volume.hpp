// How much is taken: by what the disk still has room for, and of that by shares, so that no stranger fills
// the disk or keeps the others out. The four size classes of protocol §3 and, in each, the reports that call
// themselves urgent have a share of an hour of their own; of a share that runs short everybody who sends gets
// a part of what is left, so that who comes new always finds something. Who sends is known by a place among
// 65,536 alone, drawn from the front part of the address with a key that lives ten minutes in memory.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "crypto/short_hash.hpp"
#include "server/admission/gate.hpp"

namespace admission {

// Size classes, smallest first.
inline constexpr std::size_t size_classes = 4;
using size_class = std::size_t;
// Of a posted envelope by the length of its HTTP body: the smallest whose body would fill it.
[[nodiscard]] size_class class_of_request(std::size_t length);
// Of a sealed body by its bytes.
[[nodiscard]] size_class class_of_body(std::size_t bytes);

using sender = std::uint16_t;

struct disk {
    std::uint64_t free = 0, total = 0;  // bytes, as an ordinary program may use them
};

// What comes before what, under load: large bodies before small ones whatever they call themselves.
[[nodiscard]] importance importance_of(size_class size, bool urgent);

class volume {
  public:
    using clock = std::chrono::steady_clock;
    static constexpr std::uint64_t mebibyte = 1 << 20;

    struct limits {
        // Below so much free disk, or that part of the whole disk where it is small: …
        std::uint64_t large = 2048 * mebibyte;  // … (half) the two largest classes are not taken,
        std::uint64_t small = 1024 * mebibyte;  // … (a quarter) only the smallest is,
        std::uint64_t urgent = 256 * mebibyte;  // … (a tenth) and of that only what is urgent.
        std::uint64_t hour = 16384 * mebibyte;  // taken in an hour, of all shares together
        std::chrono::seconds rotation{600};     // how long a key for senders lives
    };
    // A place in a share, given back where nothing comes of it.
    class permit;

    explicit volume(limits limits);
    volume() : volume(limits{}) {}

    // How much room there is now; looked at again every so often. Until the first time, and where the store
    // is elsewhere, the disk refuses nothing.
    void see(disk now);
    // front: of the address, see net::sender_front. Empty: nobody knows; all of those are one sender.
    [[nodiscard]] sender sender_of(std::span<const std::uint8_t> front, clock::time_point now = clock::now());

    // Whether such a report would be taken now, should it be urgent: for refusing before a body is read.
    [[nodiscard]] bool could_take(sender who, size_class size, clock::time_point now = clock::now());
    // A place for it; nothing where there is none. An urgent one that has used up its own share goes on in
    // that of the others.
    [[nodiscard]] std::optional<permit> take(sender who, size_class size, bool urgent,
                                             clock::time_point now = clock::now());

  private:
    static constexpr std::size_t senders = 65536;
    enum class room : std::uint8_t { all, no_large, smallest, urgent };
    struct share {
        double most = 0;  // reports in an hour
        double part = 1;  // of what is left, for one sender
        double used = 0;
        clock::time_point at{};         // when `used` held
        std::vector<std::uint32_t> by;  // since the key changed
    };
    [[nodiscard]] share& of(size_class size, bool urgent) { return shares_[size * 2 + (urgent ? 1 : 0)]; }
    void rotate(clock::time_point now);
    [[nodiscard]] bool has(share& share, sender who, clock::time_point now);
    // Of the two shares the one that takes it.
    [[nodiscard]] share* find(sender who, size_class size, bool urgent, clock::time_point now);
    [[nodiscard]] room left() const;
    void give_back(share& share, sender who, std::size_t bytes);
    void tell(room now);

    const limits limits_;
    std::mutex mutex_;
    std::optional<crypto::short_hash> key_;
    clock::time_point keyed_{};
    std::array<share, size_classes * 2> shares_;
    std::optional<disk> disk_;
    // Taken since the disk was looked at, and between the two looks before: perhaps not written yet.
    std::uint64_t since_ = 0, before_ = 0;
    room told_ = room::all;
};

class volume::permit {
  public:
    permit(permit&& other) noexcept
        : of_(std::exchange(other.of_, nullptr)),
          share_(other.share_),
          who_(other.who_),
          bytes_(other.bytes_),
          urgent_(other.urgent_) {}
    permit& operator=(permit&& other) noexcept {
        std::swap(of_, other.of_);
        std::swap(share_, other.share_);
        std::swap(who_, other.who_);
        std::swap(bytes_, other.bytes_);
        std::swap(urgent_, other.urgent_);
        return *this;
    }
    ~permit() {
        if (of_) of_->give_back(*share_, who_, bytes_);
    }
    // Whether it came in as urgent.
    [[nodiscard]] bool urgent() const { return urgent_; }
    // It was stored: nothing is given back.
    void keep() { of_ = nullptr; }

  private:
    friend class volume;
    permit(volume& of, share& share, sender who, std::size_t bytes, bool urgent)
        : of_(&of), share_(&share), who_(who), bytes_(bytes), urgent_(urgent) {}
    volume* of_;
    share* share_;
    sender who_;
    std::size_t bytes_;
    bool urgent_;
};

}  // namespace admission

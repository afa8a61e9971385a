// Days and ISO weeks, in UTC (protocol §0). Whoever needs today asks a clock that tests can set.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace protocol {

// A day as the number of days since 1970-01-01.
struct day {
    std::int32_t number = 0;
    // Exactly YYYY-MM-DD and a day that exists, 1970 to 9999.
    [[nodiscard]] static std::optional<day> parse(std::string_view text);
    // The day in which a Unix time lies.
    [[nodiscard]] static day of(std::int64_t unix_seconds);
    [[nodiscard]] std::string text() const;
    auto operator<=>(const day&) const = default;
    day operator+(int days) const { return {number + days}; }
    day operator-(int days) const { return {number - days}; }
    int operator-(day other) const { return number - other.number; }
};

// An ISO 8601 week, by its Monday; as text %G-W%V: 2027-01-03 lies in 2026-W53.
struct epoch {
    day monday;
    [[nodiscard]] static std::optional<epoch> parse(std::string_view text);
    [[nodiscard]] static epoch of(day d);
    [[nodiscard]] std::string text() const;
    [[nodiscard]] epoch next(int weeks = 1) const { return {monday + 7 * weeks}; }
    auto operator<=>(const epoch&) const = default;
};

// Seconds since 1970. Everything that judges time is handed one of these.
class clock {
  public:
    clock() = default;
    clock(const clock&) = delete;
    clock& operator=(const clock&) = delete;
    virtual ~clock() = default;
    [[nodiscard]] virtual std::int64_t now() const = 0;
    [[nodiscard]] day today() const { return day::of(now()); }
};

// The machine's own.
class system_clock final : public clock {
  public:
    [[nodiscard]] std::int64_t now() const override;
};

}  // namespace protocol

// Any text as a day or an ISO week: what is accepted is written back the same, and the C library reckons the
// same days and weeks. Any number of a day, within the years that can be written, goes through text and back.
#include "crypto/protocol/calendar.hpp"

#include <cstring>
#include <time.h>

#include "tests/fuzz/target.hpp"

namespace {

constexpr std::int32_t last_day = 2932896;  // 9999-12-31

std::string by_library(protocol::day day, const char* form) {
    const time_t seconds = time_t{day.number} * 86400;
    tm parts{};
    must(::gmtime_r(&seconds, &parts) != nullptr);
    char out[32];
    return {out, ::strftime(out, sizeof out, form, &parts)};
}

void judge(protocol::day day) {
    must(day.text() == by_library(day, "%Y-%m-%d"));
    must(protocol::day::parse(day.text()) == day);
    must(protocol::day::of(std::int64_t{day.number} * 86400) == day);
    must(protocol::day::of(std::int64_t{day.number} * 86400 + 86399) == day);
    const auto week = protocol::epoch::of(day);
    must(week.monday <= day && day - week.monday < 7);
    must(by_library(week.monday, "%u") == "1" && week.text() == by_library(day, "%G-W%V"));
    if (day.number > 368) must(protocol::epoch::parse(week.text()) == week);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto day = protocol::day::parse(text)) {
        must(day->text() == text && day->number >= 0 && day->number <= last_day);
        judge(*day);
    }
    if (const auto week = protocol::epoch::parse(text)) {
        must(week->text() == text && protocol::epoch::of(week->monday) == *week);
        must(protocol::epoch::of(week->monday + 6) == *week && week->next().monday == week->monday + 7);
        judge(week->monday + 3);
    }
    // A day that the library reckons is taken, and no other.
    if (size == 10 && text[4] == '-' && text[7] == '-') {
        tm parts{};
        const std::string copy(text);
        const char* end = ::strptime(copy.c_str(), "%Y-%m-%d", &parts);
        const auto day = protocol::day::parse(text);
        if (end != nullptr && *end == '\0' && text.find_first_not_of("0123456789-") == text.npos) {
            const auto wanted = parts;
            const auto seconds = ::timegm(&parts);
            const bool exists = parts.tm_mday == wanted.tm_mday && parts.tm_mon == wanted.tm_mon;
            must(day.has_value() == (exists && seconds >= 0));
        } else {
            must(!day);
        }
    }
    std::uint32_t number = 0;
    if (size >= sizeof number) {
        std::memcpy(&number, data, sizeof number);
        judge({static_cast<std::int32_t>(number % (last_day + 1))});
    }
    return 0;
}
